package io.modeldepot.registry.notify.receiver;

import io.modeldepot.events.terms.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One word of a setting's {@code on}: a kind of news, {@code backup.*} for all that begin so, or
 * {@code *}.
 */
record Wanted(String word) {
  private static final String ALL = "*";
  private static final String ALL_OF = ".*";

  /** Whether it names this kind. */
  boolean names(NewsKind kind) {
    return word.equals(ALL)
        || word.equals(kind.word())
        || word.endsWith(ALL_OF)
            && kind.word().startsWith(word.substring(0, word.length() - ALL.length()));
  }

  /** What is wrong with it: it names nothing. */
  Optional<String> fault() {
    List<String> known = NewsKind.named().stream().map(NewsKind::word).toList();
    if (NewsKind.named().stream().anyMatch(this::names)) {
      return Optional.empty();
    }
    String meant = Nearest.to(word, known).map(near -> " Did you mean " + near + "?").orElse("");
    return Optional.of(
        "There is no event of this name."
            + meant
            + " There are: "
            + known.stream().collect(Collectors.joining(", "))
            + "; backup.* is all that begin so, * all.");
  }
}
