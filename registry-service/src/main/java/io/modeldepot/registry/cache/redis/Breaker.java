package io.modeldepot.registry.cache.redis;

import java.time.Duration;

/**
 * Says whether something that fails is to be tried: after three failures in succession not for a
 * second, then by one alone, and after each further failure not for twice as long, half a minute at
 * most. Time is given by the caller, in nanoseconds of a clock that never goes back. Safe for
 * threads.
 */
final class Breaker {
  private static final int FAILURES = 3;
  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

  private int failures;
  private boolean open;
  private boolean probing;
  private long openSince;
  private long pause = FIRST_PAUSE;

  /** Whether the caller may try; then it says how that ended. */
  synchronized boolean lets(long now) {
    if (!open) {
      return true;
    }
    if (probing || now - openSince < pause) {
      return false;
    }
    probing = true;
    return true;
  }

  /**
   * It went well.
   *
   * @return whether that is news
   */
  synchronized boolean good() {
    boolean news = open;
    failures = 0;
    open = false;
    probing = false;
    pause = FIRST_PAUSE;
    return news;
  }

  /**
   * It failed.
   *
   * @return whether it is left alone from now on, and was not before
   */
  synchronized boolean bad(long now) {
    failures++;
    if (open) {
      if (probing) {
        probing = false;
        openSince = now;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
      return false;
    }
    if (failures < FAILURES) {
      return false;
    }
    open = true;
    openSince = now;
    return true;
  }
}
