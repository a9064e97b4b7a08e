package io.modeldepot.downloader.pace;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: base · 2ⁿ, never more than the cap, full jitter (a uniform draw from nothing
 * to the whole), so that many clients that failed together do not come back together.
 *
 * @param base the longest wait before the first retry
 * @param cap the longest wait of all
 * @param attempts how many failures in a row, none of which brought a byte, are tolerated; at least
 *     1
 */
public record Backoff(Duration base, Duration cap, int attempts) {

  /** 1 s · 2ⁿ, at most 5 min, 10 attempts. */
  public static final Backoff STANDARD =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 10);

  public Backoff {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0 || attempts < 1) {
      throw new IllegalArgumentException(
          "A backoff needs 0 < base <= cap and at least one attempt, not "
              + base
              + ", "
              + cap
              + ", "
              + attempts);
    }
  }

  /** Whether this many failures in a row are too many. */
  public boolean exhausted(int failures) {
    return failures >= attempts;
  }

  /** The longest wait after so many failures in a row; {@code failures} counts from 1. */
  public Duration ceiling(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, 40);
    long wanted =
        Math.multiplyHigh(base.toMillis(), 1L << doublings) == 0
            ? base.toMillis() << doublings
            : Long.MAX_VALUE;
    return wanted < 0 || wanted > cap.toMillis() ? cap : Duration.ofMillis(wanted);
  }

  /**
   * How long to wait after so many failures in a row. What the hub asks for wins over the draw.
   *
   * @param failures counts from 1
   * @param asked what {@code Retry-After} or {@code RateLimit} said
   */
  public Duration delay(int failures, Optional<Duration> asked, RandomGenerator random) {
    return asked.orElseGet(
        () -> Duration.ofMillis(random.nextLong(ceiling(failures).toMillis() + 1)));
  }
}
