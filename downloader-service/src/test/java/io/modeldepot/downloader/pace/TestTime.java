package io.modeldepot.downloader.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still, but for those who wait: waiting takes no time and moves it on. */
public final class TestTime implements Timekeeper {
  private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private Duration passed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return START.plus(passed);
  }

  @Override
  public synchronized long nanos() {
    return passed.toNanos();
  }

  @Override
  public synchronized boolean pause(Duration duration, CancelToken cancel) {
    if (cancel.isCancelled()) {
      return false;
    }
    pauses.add(duration);
    passed = passed.plus(duration);
    return true;
  }

  /** Lets time pass without anybody waiting. */
  public synchronized void move(Duration by) {
    passed = passed.plus(by);
  }

  /** Every wait so far. */
  public synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /** How much time has passed. */
  public synchronized Duration passed() {
    return passed;
  }
}
