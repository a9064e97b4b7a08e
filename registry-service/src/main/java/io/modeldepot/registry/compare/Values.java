package io.modeldepot.registry.compare;

import io.modeldepot.registry.compare.Comparison.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares values by their paths. Pure. */
final class Values {
  private Values() {}

  /** Those that differ, in order of their keys. */
  static List<Change> between(
      String aspect,
      Map<String, String> from,
      Map<String, String> to,
      Function<String, Optional<String>> meaning) {
    TreeSet<String> keys = new TreeSet<>(from.keySet());
    keys.addAll(to.keySet());
    List<Change> changes = new ArrayList<>();
    for (String key : keys) {
      Optional<String> before = Optional.ofNullable(from.get(key));
      Optional<String> after = Optional.ofNullable(to.get(key));
      if (!before.equals(after)) {
        changes.add(new Change(aspect, key, before, after, meaning.apply(key)));
      }
    }
    return changes;
  }

  /** {@code temperature 1 → 0.7}, {@code eos_token added "</s>"}, {@code top_k removed}. */
  static String words(String label, Change change) {
    if (change.from().isEmpty()) {
      return label + " added " + change.to().orElse("");
    }
    return change.to().isEmpty()
        ? label + " removed"
        : label + " " + change.from().get() + " → " + change.to().get();
  }
}
