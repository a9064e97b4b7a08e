package io.modeldepot.placement.solve;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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

  /**
   * The first part of this one; what is left is there for others.
   *
   * @param share of it, above 0
   */
  default Budget part(double share) {
    return step -> spent(step) / share;
  }

  /** So many steps: the same plan every time. */
  static Budget steps(long count) {
    return step -> count == 0 ? 1 : (double) step / count;
  }

  /**
   * So long from the first look at it on.
   *
   * @param nanoTime a clock that only rises
   */
  static Budget time(Duration duration, LongSupplier nanoTime) {
    double nanos = Math.max(1, duration.toNanos());
    AtomicReference<@Nullable Long> start = new AtomicReference<>();
    return step -> {
      long now = nanoTime.getAsLong();
      Long from = start.updateAndGet(known -> known == null ? Long.valueOf(now) : known);
      return (now - Objects.requireNonNull(from)) / nanos;
    };
  }
}
