package io.modeldepot.registry.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * So many requests a second for each caller: a bucket of tokens each, which fills steadily. Safe
 * for threads.
 */
final class Limit {
  /** A bucket holds what comes in this time. */
  private static final int SECONDS_AT_ONCE = 10;

  /** Of more callers than these at a time, those who asked longest ago begin anew. */
  private static final int MOST_CALLERS = 10_000;

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_CALLERS)
          .expireAfterAccess(Duration.ofSeconds(2 * SECONDS_AT_ONCE))
          .executor(Runnable::run)
          .build();

  /**
   * @param perSecond 0: any number
   */
  Limit(int perSecond) {
    if (perSecond < 0) {
      throw new IllegalArgumentException(
          "A limit is a number of requests a second, 0 for none; not " + perSecond + ".");
    }
    this.perSecond = perSecond;
  }

  /**
   * Counts a request.
   *
   * @param nanos now, by a clock that only rises
   * @return whether the caller may make it
   */
  boolean takes(String caller, long nanos) {
    return perSecond == 0 || buckets.get(caller, name -> new Bucket(nanos)).take(nanos);
  }

  private final class Bucket {
    private double level = perSecond * SECONDS_AT_ONCE;
    private long at;

    Bucket(long nanos) {
      at = nanos;
    }

    synchronized boolean take(long nanos) {
      level =
          Math.min(
              perSecond * SECONDS_AT_ONCE, level + Math.max(0, nanos - at) / NANOS * perSecond);
      at = Math.max(at, nanos);
      if (level < 1) {
        return false;
      }
      level--;
      return true;
    }
  }
}
