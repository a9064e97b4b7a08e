package io.modeldepot.downloader.pace;

import java.time.Duration;

/**
 * A cap on bytes per second, shared by everyone who draws from it: a bucket that holds what may
 * pass in a quarter of a second.
 *
 * <p>A draw larger than the bucket is allowed and leaves a debt, which the next ones wait for, so
 * the mean never exceeds the cap and nobody starves. Safe for many threads.
 */
public final class Bandwidth {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final double BUCKET_SECONDS = 0.25;

  private final long bytesPerSecond;
  private final Timekeeper time;
  private double available;
  private long filledAtNanos;

  private Bandwidth(long bytesPerSecond, Timekeeper time) {
    this.bytesPerSecond = bytesPerSecond;
    this.time = time;
    this.available = bytesPerSecond * BUCKET_SECONDS;
    this.filledAtNanos = time.nanos();
  }

  /** No cap; drawing never waits. */
  public static Bandwidth unlimited() {
    return new Bandwidth(UNLIMITED, Timekeeper.system());
  }

  /**
   * @throws IllegalArgumentException unless the cap is positive
   */
  public static Bandwidth of(long bytesPerSecond, Timekeeper time) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("A bandwidth cap must be positive, not " + bytesPerSecond);
    }
    return new Bandwidth(bytesPerSecond, time);
  }

  /**
   * Draws bytes that have already come in, and waits until the bucket is out of debt.
   *
   * @return false when cancelled while waiting
   */
  public boolean draw(long bytes, CancelToken cancel) {
    if (bytesPerSecond == UNLIMITED) {
      return true;
    }
    Duration wait = book(bytes);
    return wait.isZero() || time.pause(wait, cancel);
  }

  private synchronized Duration book(long bytes) {
    long now = time.nanos();
    double refill = (now - filledAtNanos) / 1e9 * bytesPerSecond;
    available = Math.min(bytesPerSecond * BUCKET_SECONDS, available + refill) - bytes;
    filledAtNanos = now;
    return available >= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) (-available / bytesPerSecond * 1e9));
  }
}
