package io.modeldepot.registry.compare;

import io.modeldepot.registry.compare.Comparison.Aspect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sums up the aspects of a comparison, in a sentence and in a line. */
final class Verdict {
  private Verdict() {}

  /** What kind of change it is. */
  static String headline(List<Aspect> aspects, boolean memory) {
    if (aspects.stream().noneMatch(it -> it.state().equals(Comparer.CHANGED))) {
      return aspects.stream().allMatch(it -> it.state().equals(Comparer.SAME))
          ? "No difference."
          : "No difference that is known.";
    }
    List<String> kinds = new ArrayList<>();
    if (changed(aspects, "weights")) {
      kinds.add("weights");
    } else if (changed(aspects, "configuration", "chat-template", "tokenizer", "generation")) {
      kinds.add("behaviour");
    }
    if (changed(aspects, "licence", "gate")) {
      kinds.add("licence or gate");
    }
    if (changed(aspects, "code")) {
      kinds.add("code");
    }
    String end = memory ? ", memory too." : ", memory the same.";
    if (kinds.isEmpty()) {
      return "Only other files change" + end;
    }
    boolean one = kinds.size() == 1 && !kinds.contains("weights");
    String joined = String.join(" and ", kinds);
    return Character.toUpperCase(joined.charAt(0))
        + joined.substring(1)
        + (one ? " changes" : " change")
        + end;
  }

  /** Every aspect that is not the same, the weights in any case. */
  static String line(List<Aspect> aspects) {
    String rest =
        aspects.stream()
            .skip(1)
            .filter(it -> !it.state().equals(Comparer.SAME))
            .map(it -> it.name().replace('-', ' ') + ": " + it.say())
            .collect(Collectors.joining("; "));
    String weights = "weights " + aspects.getFirst().say();
    return weights + "; " + (rest.isEmpty() ? "all else the same" : rest);
  }

  private static boolean changed(List<Aspect> aspects, String... names) {
    return aspects.stream()
        .anyMatch(it -> it.state().equals(Comparer.CHANGED) && List.of(names).contains(it.name()));
  }
}
