package io.modeldepot.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MovableClockTest {
  private final MovableClock clock = MovableClock.at("2026-11-24T00:00:00Z");

  @Test
  void itStandsStillUntilItIsMoved() {
    Instant first = clock.instant();

    assertThat(clock.instant()).isEqualTo(first);
  }

  @Test
  void itMovesByWhatItIsTold() {
    clock.move(Duration.ofHours(2));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-24T02:00:00Z"));
  }

  @Test
  void theSameClockInAnotherZoneMovesToo() {
    var elsewhere = clock.withZone(ZoneId.of("Europe/Berlin"));

    clock.move(Duration.ofDays(1));

    assertThat(elsewhere.instant()).isEqualTo(clock.instant());
  }
}
