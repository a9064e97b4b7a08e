package io.modeldepot.downloader.pace;

import java.time.Duration;
import java.time.Instant;

/** The machine's own clock. */
enum SystemTime implements Timekeeper {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public boolean pause(Duration duration, CancelToken cancel) {
    try {
      return !cancel.await(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
