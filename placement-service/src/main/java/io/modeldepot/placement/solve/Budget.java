package io.modeldepot.placement.solve;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long to look for something better. */
@FunctionalInterface
public interface Budget {

  /**
   * How much is spent.
   *
   * @param step the number of this step
   * @return from 0 to 1, where it ends
   */
  double spent(long step);

  /** So many steps: the same plan every time. */
  static Budget steps(long count) {
    return step -> count == 0 ? 1 : (double) step / count;
  }

  /**
   * So long from now on.
   *
   * @param nanoTime a clock that only rises
   */
  static Budget time(Duration duration, LongSupplier nanoTime) {
    long start = nanoTime.getAsLong();
    double nanos = Math.max(1, duration.toNanos());
    return step -> (nanoTime.getAsLong() - start) / nanos;
  }
}
