package io.modeldepot.janitor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.time.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // made before each test
class BackupMetricsTest {
  private static final Instant START = Instant.parse("2026-11-26T02:00:00Z");
  private static final String LAST = "modeldepot.backup.last.success.timestamp.seconds";
  private static final String OVERDUE = "modeldepot.backup.overdue.seconds";

  @TempDir Path directory;
  private final MovableClock clock = MovableClock.at(START);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BackupMetrics metrics = new BackupMetrics(registry, clock);
  private ModelStore store;

  @BeforeEach
  void open() throws IOException {
    var unused = ModelStore.setUp(directory, LocationName.of("default"));
    store = ModelStore.open(directory);
  }

  @Test
  void theNextProcessKnowsWhenABackupLastWentWellAndWhatItAdded() throws Exception {
    metrics.ended(backup(), new Ending.Done(Map.of("addedBytes", 7, "totalBytes", 9)), store);
    SimpleMeterRegistry next = new SimpleMeterRegistry();

    new BackupMetrics(next, clock).recall(store);

    assertThat(value(next, LAST)).isEqualTo((double) START.getEpochSecond());
    assertThat(added(next)).isEqualTo(7);
  }

  @Test
  void whatWentWellInThisProcessCountsMoreThanWhatWasNoted() throws Exception {
    metrics.ended(backup(), new Ending.Done(Map.of("addedBytes", 7)), store);
    ModelStore elsewhere = elsewhere();
    SimpleMeterRegistry next = new SimpleMeterRegistry();
    BackupMetrics later = new BackupMetrics(next, clock);
    clock.move(Duration.ofHours(1));
    later.ended(backup(), new Ending.Done(Map.of("addedBytes", 8)), elsewhere);

    later.recall(store);

    assertThat(value(next, LAST)).isEqualTo((double) START.plusSeconds(3600).getEpochSecond());
    assertThat(added(next)).isEqualTo(8);
  }

  @Test
  void aNoteThatCannotBeReadIsNoNote() throws Exception {
    store.notes("backups").write("last", "{".getBytes(StandardCharsets.UTF_8));

    metrics.recall(store);

    assertThat(registry.find(LAST).gauge()).isNull();
  }

  @Test
  void aFailureIsCountedAndIsNoSuccess() throws Exception {
    metrics.ended(backup(), failure(), store);

    assertThat(registry.find(LAST).gauge()).isNull();
    assertThat(
            registry
                .get("modeldepot.backup.jobs")
                .tags("action", "backup", "outcome", "failed")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void aBackupIsOverdueForAsLongAsItsScheduleAskedInVain() throws Exception {
    metrics.due(Optional.of(START));
    clock.move(Duration.ofMinutes(90));
    double waiting = value(registry, OVERDUE);
    metrics.ended(backup(), failure(), store);
    double afterFailure = value(registry, OVERDUE);
    metrics.ended(backup(), new Ending.Done(Map.of()), store);
    double afterSuccess = value(registry, OVERDUE);
    metrics.due(Optional.of(START.plus(Duration.ofHours(24))));
    clock.set(START.plus(Duration.ofHours(25)));
    double nextDay = value(registry, OVERDUE);
    metrics.due(Optional.empty());

    assertThat(waiting).isEqualTo(5400);
    assertThat(afterFailure).isEqualTo(5400);
    assertThat(afterSuccess).isZero();
    assertThat(nextDay).isEqualTo(3600);
    assertThat(value(registry, OVERDUE)).as("no schedule asks any more").isZero();
  }

  @Test
  void withoutAScheduleNothingIsOverdue() {
    metrics.due(Optional.empty());

    assertThat(registry.find(OVERDUE).gauge()).isNull();
  }

  private ModelStore elsewhere() throws IOException {
    Path other = directory.resolveSibling(directory.getFileName() + "-other");
    java.nio.file.Files.createDirectories(other);
    var unused = ModelStore.setUp(other, LocationName.of("default"));
    return ModelStore.open(other);
  }

  private static Ending failure() {
    return new Ending.Failed(Mishaps.of(new NoTarget("moon", java.util.List.of())).orElseThrow());
  }

  private static double added(SimpleMeterRegistry registry) {
    return registry.get("modeldepot.backup.bytes").tag("kind", "new").gauge().value();
  }

  private static double value(SimpleMeterRegistry registry, String name) {
    return registry.get(name).gauge().value();
  }

  private static BackupDue backup() throws UnreadablePayload {
    return Wire.read("{}".getBytes(StandardCharsets.UTF_8), BackupDue.class);
  }
}
