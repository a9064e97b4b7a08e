package io.modeldepot.events.terms;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who mistyped a word. */
public final class Nearest {
  private static final int LONGEST = 100;

  private Nearest() {}

  /**
   * The candidate that differs by the fewest letters, left out, put in, or changed; empty where
   * none is near: at most a third of the word may differ, and at least one letter.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    if (word.isEmpty() || word.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, word.length() / 3);
    return candidates.stream()
        .filter(it -> Math.abs(it.length() - word.length()) <= most)
        .filter(it -> distance(word, it) <= most)
        .min(
            Comparator.comparingInt((String it) -> distance(word, it))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance, where two letters in the wrong order count once. */
  private static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, one, other, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int step(int[][] cost, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least =
        Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
