package io.modeldepot.janitor.scrub;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Keeps reading down to a rate, by pausing who reads. Safe for threads. */
final class Pace implements LongConsumer {
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int WHILE_BUSY = 10;

  private final long bytesPerSecond;
  private final BooleanSupplier busy;
  private final BooleanSupplier over;
  private long dueNanos = System.nanoTime();

  /**
   * A pace.
   *
   * @param busy whether others need the disk now
   * @param over whether reading is to stop
   */
  Pace(long bytesPerSecond, BooleanSupplier busy, BooleanSupplier over) {
    this.bytesPerSecond = Math.max(1, bytesPerSecond);
    this.busy = busy;
    this.over = over;
  }

  @Override
  public void accept(long bytes) {
    long rate = busy.getAsBoolean() ? Math.max(1, bytesPerSecond / WHILE_BUSY) : bytesPerSecond;
    long pause;
    synchronized (this) {
      long now = System.nanoTime();
      long cost = Math.round((double) bytes / rate * Duration.ofSeconds(1).toNanos());
      dueNanos = Math.max(dueNanos, now) + cost;
      pause = (dueNanos - now) / 1_000_000;
    }
    long until = System.currentTimeMillis() + pause;
    while (System.currentTimeMillis() < until) {
      if (over.getAsBoolean()) {
        throw new Stopped();
      }
      try {
        Thread.sleep(
            Math.min(LONGEST_PAUSE_MILLIS, Math.max(1, until - System.currentTimeMillis())));
      } catch (InterruptedException e) {
        throw new Stopped();
      }
    }
  }

  /** Reading was stopped; nothing was found. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("The scrub was stopped.", null, false, false);
    }
  }
}
