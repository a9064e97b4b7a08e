package io.modeldepot.registry.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts by lines, as {@code diff -u} writes it. Lines in common at both ends
 * are passed over; between them the longest common subsequence is kept, up to 1,000 lines a side,
 * and replaced as a whole beyond.
 */
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int MOST_LINES = 1_000;

  private final List<String> from;
  private final List<String> to;
  private final int start;
  private final int end;

  private UnifiedDiff(String before, String after) {
    from = before.isEmpty() ? List.of() : before.lines().toList();
    to = after.isEmpty() ? List.of() : after.lines().toList();
    int shorter = Math.min(from.size(), to.size());
    int same = 0;
    while (same < shorter && from.get(same).equals(to.get(same))) {
      same++;
    }
    start = same;
    int tail = 0;
    while (tail < shorter - start && fromEnd(from, tail).equals(fromEnd(to, tail))) {
      tail++;
    }
    end = tail;
  }

  /** How many lines come and go: {@code changed: 2 lines added, 1 removed}. */
  static String size(String before, String after) {
    if (before.isEmpty() || after.isEmpty()) {
      return "changed";
    }
    List<String> edits = new UnifiedDiff(before, after).edits();
    long added = edits.stream().filter(line -> line.startsWith("+")).count();
    long removed = edits.stream().filter(line -> line.startsWith("-")).count();
    return added + removed == 0
        ? "changed in its line ends"
        : "changed: %d %s added, %d removed"
            .formatted(added, added == 1 ? "line" : "lines", removed);
  }

  /** The lines of the diff, one hunk; empty where no line differs. */
  static List<String> of(String name, String before, String after) {
    UnifiedDiff diff = new UnifiedDiff(before, after);
    List<String> edits = diff.edits();
    if (edits.isEmpty()) {
      return List.of();
    }
    int first = Math.max(0, diff.start - CONTEXT);
    int tail = Math.min(CONTEXT, diff.end);
    List<String> lines = new ArrayList<>(List.of("--- a/" + name, "+++ b/" + name));
    lines.add(
        "@@ -%s +%s @@"
            .formatted(
                range(first, diff.from.size() - diff.end + tail - first),
                range(first, diff.to.size() - diff.end + tail - first)));
    diff.from.subList(first, diff.start).forEach(line -> lines.add(" " + line));
    lines.addAll(edits);
    int rest = diff.from.size() - diff.end;
    diff.from.subList(rest, rest + tail).forEach(line -> lines.add(" " + line));
    return lines;
  }

  /** As POSIX has it: an empty range is after the line it names. */
  private static String range(int first, int count) {
    return (count == 0 ? first : first + 1) + "," + count;
  }

  private static String fromEnd(List<String> lines, int at) {
    return lines.get(lines.size() - 1 - at);
  }

  /** What lies between the ends in common, each line with its sign. */
  private List<String> edits() {
    List<String> a = from.subList(start, from.size() - end);
    List<String> b = to.subList(start, to.size() - end);
    List<String> edits = new ArrayList<>();
    if (a.size() > MOST_LINES || b.size() > MOST_LINES) {
      a.forEach(line -> edits.add("-" + line));
      b.forEach(line -> edits.add("+" + line));
      return edits;
    }
    int[][] common = common(a, b);
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        edits.add(" " + a.get(i++));
        j++;
      } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
        edits.add("-" + a.get(i++));
      } else {
        edits.add("+" + b.get(j++));
      }
    }
    return edits;
  }

  /** The length of the longest common subsequence of what follows each pair of places. */
  private static int[][] common(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
