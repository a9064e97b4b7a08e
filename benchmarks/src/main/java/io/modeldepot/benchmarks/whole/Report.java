package io.modeldepot.benchmarks.whole;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints findings as the tables of {@code benchmarks/results}. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.println();
    out.println("## " + text);
    out.println();
  }

  void say(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }

  /** Least, median and most. */
  static String spread(List<Double> values, String unit) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f) %s",
        median(sorted),
        sorted.getFirst(),
        sorted.getLast(),
        unit);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
