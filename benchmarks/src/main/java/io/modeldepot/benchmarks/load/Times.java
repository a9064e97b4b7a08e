package io.modeldepot.benchmarks.load;

import java.util.Arrays;
import java.util.Locale;

/** Every single time that was measured, in microseconds. Not safe for threads: one each, joined. */
final class Times {
  private long[] micros = new long[1024];
  private int count;

  void add(long one) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = one;
  }

  void add(Times others) {
    for (int i = 0; i < others.count; i++) {
      add(others.micros[i]);
    }
  }

  int count() {
    return count;
  }

  /** {@code p50=… p90=… p99=… max=…}, in milliseconds. */
  String spread() {
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "p50=%.2f p90=%.2f p99=%.2f max=%.2f",
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
  }
}
