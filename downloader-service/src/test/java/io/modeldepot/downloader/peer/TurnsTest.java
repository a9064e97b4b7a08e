package io.modeldepot.downloader.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.kit.state.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final LocationName A = LocationName.of("a");
  private static final LocationName B = LocationName.of("b");
  private static final LocationName C = LocationName.of("c");
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

  private final Turns atB = new Turns(B, () -> NOW);

  @Test
  void theFirstAsksTheHub() {
    assertThat(atB.ahead(entry(B, A), List.of(A), NOW)).isEmpty();
  }

  @Test
  void theOthersWaitForTheFirstFromTheMomentOfTheRequest() {
    assertThat(atB.ahead(entry(A, B), List.of(A), NOW)).contains(A);
  }

  @Test
  void aFirstThatNeverBeganIsNotWaitedFor() {
    assertThat(atB.ahead(entry(A, B), List.of(A), LONG_AGO)).isEmpty();
  }

  @Test
  void aFirstThatMovesIsWaitedForHoweverLongItTakes() {
    atB.heard(said(A, DownloadState.TRANSFERRING, NOW.minusSeconds(20)));

    assertThat(atB.ahead(entry(A, B), List.of(A), LONG_AGO)).contains(A);
  }

  @Test
  void aFirstThatFellSilentIsNotWaitedFor() {
    atB.heard(said(A, DownloadState.TRANSFERRING, NOW.minus(Duration.ofMinutes(3))));

    assertThat(atB.ahead(entry(A, B), List.of(A), LONG_AGO)).isEmpty();
  }

  @Test
  void aFirstThatEndedIsNotWaitedFor() {
    atB.heard(said(A, DownloadState.TRANSFERRING, NOW.minusSeconds(2)));
    atB.heard(said(A, DownloadState.FAILED, NOW.minusSeconds(1)));

    assertThat(atB.ahead(entry(A, B), List.of(A), LONG_AGO)).isEmpty();
  }

  @Test
  void aLostFirstIsPassedOver() {
    assertThat(atB.ahead(entry(A, C, B), List.of(C), NOW)).contains(C);
    assertThat(atB.ahead(entry(A, B, C), List.of(C), NOW)).isEmpty();
  }

  private static StateRecord<DownloadProgressed> said(
      LocationName location, DownloadState state, Instant at) {
    DownloadProgressed progress =
        new DownloadProgressed(
            RequestId.of("k-1"),
            ModelName.of("m"),
            location,
            Optional.empty(),
            state,
            1,
            1,
            "downloader-1",
            10,
            5,
            0,
            5,
            1,
            0,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            at);
    return new StateRecord<>("k-1", Optional.of(progress), 0, 0, at, Optional.empty());
  }

  private static ModelDescribed entry(LocationName... locations) {
    assertThat(Set.of(locations)).hasSize((int) Stream.of(locations).count());
    return new ModelDescribed(
        ModelName.of("m"),
        FamilyName.of("f"),
        Optional.empty(),
        "m",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        UpdatePolicy.MANUAL,
        3,
        false,
        List.of(locations),
        Profile.FULL,
        Optional.empty(),
        1);
  }
}
