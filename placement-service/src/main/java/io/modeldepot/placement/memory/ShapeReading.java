package io.modeldepot.placement.memory;

import io.modeldepot.events.terms.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** Files and configuration may differ by this much before the files are not believed. */
  int BELIEVED_DIFFERENCE_PERCENT = 5;

  /**
   * Reads a profile. Parameters and bytes are those of the files. Where the files' count differs
   * from the configuration's by more than five percent, the configuration's is used and a remark
   * says so: a part of the weights, or weights and something else, are not the model. Files that
   * are quantised hold packed elements, which are not compared.
   */
  static ShapeReading of(ModelProfile profile) {
    List<String> missing = new ArrayList<>();
    int most = MOST_OF_A_SHAPE;
    int layers = required(profile.layers(), "layers", most, missing);
    int heads = required(profile.heads(), "heads", most, missing);
    int kvHeads = required(profile.kvHeads().or(profile::heads), "kvHeads", most, missing);
    int headSize = required(profile.headSize(), "headSize", most, missing);
    int context = required(profile.contextTokens(), "contextTokens", LONGEST_CONTEXT, missing);
    Optional<Weights> weights = Weights.of(profile);
    if (weights.isEmpty()) {
      missing.add("tensorBytes");
    }
    if (!missing.isEmpty()) {
      return new Unknown(missing);
    }
    Weights known = weights.orElseThrow();
    return new Known(
        new ModelShape(
            known.parameters(),
            known.stored(),
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
            known.remarks()));
  }

  private static int required(
      Optional<Integer> value, String name, int most, List<String> missing) {
    if (value.filter(it -> it > 0 && it <= most).isEmpty()) {
      missing.add(name);
      return 0;
    }
    return value.get();
  }

  /** The dtype that most bytes have. */
  static Optional<Variant> mostOf(Map<String, Long> tensorBytes) {
    return tensorBytes.entrySet().stream()
        .filter(entry -> Variant.named(entry.getKey()).isPresent())
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .flatMap(entry -> Variant.named(entry.getKey()));
  }
}
