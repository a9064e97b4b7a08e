package io.modeldepot.testkit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Safe for use by several threads. */
public final class MovableClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private MovableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A clock that shows this time. */
  public static MovableClock at(Instant start) {
    return new MovableClock(new AtomicReference<>(start), ZoneOffset.UTC);
  }

  /** A clock that shows this time, given as {@code 2026-11-24T00:00:00Z}. */
  public static MovableClock at(String start) {
    return at(Instant.parse(start));
  }

  /** Moves on, or back with a negative duration: clocks of machines do that too. */
  public void move(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }

  /** Jumps to this time. */
  public void set(Instant time) {
    now.set(time);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock in another zone: moving one moves both. */
  @Override
  public Clock withZone(ZoneId other) {
    return new MovableClock(now, other);
  }
}
