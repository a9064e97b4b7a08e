package io.modeldepot.placement.memory;

import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.StatedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a profile says about memory: a shape, or what is missing for one. */
public sealed interface ShapeReading {

  /** Enough is known. */
  record Known(ModelShape shape) implements ShapeReading {}

  /**
   * Not enough is known.
   *
   * @param missing names of what is missing, as the profile has them
   */
  record Unknown(List<String> missing) implements ShapeReading {
    /** Copies the list. */
    public Unknown {
      missing = List.copyOf(missing);
    }
  }

  /** No model has more layers, heads or elements of a head; files may say anything. */
  int MOST_OF_A_SHAPE = 65_536;

  /** No model has a longer context. */
  int LONGEST_CONTEXT = 1 << 28;

  /** Reads a profile; which weights are believed is what {@link StatedWeights} says. */
  static ShapeReading of(ModelProfile profile) {
    List<String> missing = new ArrayList<>();
    int most = MOST_OF_A_SHAPE;
    int layers = required(profile.layers(), "layers", most, missing);
    int heads = required(profile.heads(), "heads", most, missing);
    int kvHeads = required(profile.kvHeads().or(profile::heads), "kvHeads", most, missing);
    int headSize = required(profile.headSize(), "headSize", most, missing);
    int context = required(profile.contextTokens(), "contextTokens", LONGEST_CONTEXT, missing);
    Optional<StatedWeights> weights = StatedWeights.of(profile);
    if (weights.isEmpty()) {
      missing.add("tensorBytes");
    }
    if (!missing.isEmpty()) {
      return new Unknown(missing);
    }
    StatedWeights known = weights.orElseThrow();
    return new Known(
        new ModelShape(
            known.parameters(),
            Variant.of(known.form()),
            known.bytes(),
            layers,
            heads,
            kvHeads,
            headSize,
            context,
            profile
                .slidingWindow()
                .filter(window -> window > 0)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty()),
            known.remark().stream().toList()));
  }

  private static int required(
      Optional<Integer> value, String name, int most, List<String> missing) {
    if (value.filter(it -> it > 0 && it <= most).isEmpty()) {
      missing.add(name);
      return 0;
    }
    return value.get();
  }
}
