package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.time.MovableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // made before each test
class CleanupMetricsTest {
  private static final Instant START = Instant.parse("2026-11-26T02:00:00Z");
  private static final String LAST = "modeldepot.cleanup.last.success.timestamp.seconds";

  @TempDir Path directory;
  private final MovableClock clock = MovableClock.at(START);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private ModelStore store;

  @BeforeEach
  void open() throws IOException {
    var unused = ModelStore.setUp(directory, LocationName.of("default"));
    store = ModelStore.open(directory);
  }

  @Test
  void theNextProcessKnowsWhenACleanupLastWentWell() {
    new CleanupMetrics(new SimpleMeterRegistry(), clock)
        .ended(CleanupScope.TRASH, new Ending.Done(Map.of()), store);
    clock.move(Duration.ofHours(1));
    CleanupMetrics next = new CleanupMetrics(registry, clock);
    double before = last();

    next.recall(store);

    assertThat(before).isNaN();
    assertThat(last()).isEqualTo((double) START.getEpochSecond());
  }

  @Test
  void whatWentWellInThisProcessCountsMoreThanWhatWasNoted() {
    new CleanupMetrics(new SimpleMeterRegistry(), clock)
        .ended(CleanupScope.TRASH, new Ending.Done(Map.of()), store);
    clock.move(Duration.ofHours(1));
    CleanupMetrics next = new CleanupMetrics(registry, clock);
    next.ended(CleanupScope.CACHE, new Ending.Done(Map.of()), store);

    next.recall(store);

    assertThat(last()).isEqualTo((double) START.plusSeconds(3600).getEpochSecond());
  }

  @Test
  void aPlanIsNoCleanup() {
    CleanupMetrics metrics = new CleanupMetrics(registry, clock);

    metrics.ended(CleanupScope.ALL, new Ending.Planned(Map.of()), store);

    assertThat(last()).isNaN();
  }

  private double last() {
    return registry.get(LAST).gauge().value();
  }
}
