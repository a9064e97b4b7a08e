package io.modeldepot.backup;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.keep.Prune;
import io.modeldepot.backup.keep.Retention;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.VolumeRestore;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A backup, a prune and a restore stopped after every change that they make, by a kill and by a
 * power cut, and with every call refused once: what was a backup before is whole, what is half is
 * none, and the next attempt succeeds.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class CrashTest {
  private static final ClaimTimes IMPATIENT =
      new ClaimTimes(Duration.ofMillis(10), Duration.ofMillis(30));

  private final FileCalls calls = new LinuxCalls();
  private Path directory;
  private Depot depot;

  @BeforeEach
  void open() throws IOException {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "backup-crash-")
            : Files.createTempDirectory("backup-crash-");
    depot = new Depot(directory.resolve("depot"));
    depot.fill();
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource
  void aBackupStoppedAnywhereLeavesTheBackupsBeforeAndGoesOn(Trace.End end) throws Exception {
    Path before = repositoryWithOneBackup();
    changeTheDepot();
    Path after = directory.resolve("after");
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    Snapshot unused = backup(new DirectoryStorage(after, recording), 5);
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      DirectoryStorage storage = new DirectoryStorage(stopped);
      assertWhole(storage, moment);
      unlock(stopped);

      Snapshot again = backup(storage, 6);

      assertThat(again.leftOut()).as(moment).isEmpty();
      assertWhole(storage, moment + ", then backed up again");
      DirectoryTree.remove(calls, stopped);
    }
    assertThat(trace.length()).isGreaterThan(15);
  }

  @ParameterizedTest
  @EnumSource
  void aPruneStoppedAnywhereLosesNothingAndGoesOn(Trace.End end) throws Exception {
    Path before = repositoryWithOneBackup();
    changeTheDepot();
    Snapshot kept = backup(new DirectoryStorage(before), 5);
    DirectoryStorage storageBefore = new DirectoryStorage(before);
    prune(storageBefore, 6);
    Path after = directory.resolve("after");
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    prune(new DirectoryStorage(after, recording), 40);
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      DirectoryStorage storage = new DirectoryStorage(stopped);
      assertWhole(storage, moment);
      unlock(stopped);

      prune(storage, 70);

      assertWhole(storage, moment + ", then pruned again");
      assertThat(ids(storage)).as(moment).containsExactly(kept.id());
      DirectoryTree.remove(calls, stopped);
    }
    assertThat(trace.length()).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource
  void aRestoreStoppedAnywhereLeavesAWholeVolumeAndGoesOn(Trace.End end) throws Exception {
    Repository repository =
        Repository.open(new DirectoryStorage(repositoryWithOneBackup()), Optional.empty());
    Snapshot snapshot = repository.snapshots().read(repository.snapshots().find(Snapshots.LATEST));
    Path before = directory.resolve("empty");
    new Depot(before).close();
    Path after = directory.resolve("restored");
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    restore(ModelStore.open(after, Optional.empty(), Depot.CLOCK, recording), repository, snapshot);
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix += prefix < 40 ? 1 : 3) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      ModelStore store = ModelStore.open(stopped, Optional.empty(), Depot.CLOCK, calls);
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();

      RestoreReport again = restore(store, repository, snapshot);

      assertThat(again.failed()).as(moment).isEmpty();
      assertThat(store.invariants().brokenAtRest()).as(moment).isEmpty();
      assertThat(trees(stopped)).as(moment).isEqualTo(trees(directory.resolve("depot")));
      DirectoryTree.remove(calls, stopped);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aBackupSurvivesEveryCallOfItsTargetRefusedOnce(Errno errno) throws Exception {
    Path before = repositoryWithOneBackup();
    changeTheDepot();
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      Path place = directory.resolve("faulty");
      Trace.copyVolume(calls, before, place);
      FaultyCalls faulty = new FaultyCalls(calls);
      DirectoryStorage storage = new DirectoryStorage(place, faulty);
      faulty.failOnce(number, errno);
      try {
        Snapshot unused = backup(storage, 5);
      } catch (IOException e) {
        assertThat(faulty.made()).as("failed by itself: " + e).isGreaterThan(number);
      }
      reached = faulty.made() > number;
      faulty.heal();
      String moment = errno + " at call " + number;
      assertWhole(storage, moment);
      unlock(place);

      assertThat(backup(storage, 6).leftOut()).as(moment).isEmpty();
      assertWhole(storage, moment + ", then again");
      DirectoryTree.remove(calls, place);
    }
    assertThat(number).isGreaterThan(20);
  }

  @Test
  void aBackupThatDiedIsGoneOnWithWhatItHadPut() throws Exception {
    Path place = directory.resolve("backups");
    Files.createDirectory(place);
    DirectoryStorage storage = new DirectoryStorage(place);
    Repository repository = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    Snapshot whole = backup(storage, 1);
    // As if it had died after its packs: no index, no snapshot.
    DirectoryTree.remove(calls, place.resolve("snapshots"));
    DirectoryTree.remove(calls, place.resolve("index"));

    Snapshot again = backup(storage, 2);

    assertThat(whole.totals().addedBytes()).isPositive();
    assertThat(again.totals().addedBytes()).isZero();
    assertThat(repository.snapshots().list()).hasSize(1);
    assertWhole(storage, "gone on");
  }

  private Path repositoryWithOneBackup() throws Exception {
    Path place = Files.createDirectory(directory.resolve("before"));
    DirectoryStorage storage = new DirectoryStorage(place);
    Repository unused = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    Snapshot first = backup(storage, 0);
    assertThat(first.versions()).hasSize(3);
    return place;
  }

  private void changeTheDepot() throws IOException {
    DirectoryTree.remove(calls, depot.store.layout().model(PHI).resolve(FIRST.value()));
    calls.unlink(depot.store.layout().manifest(PHI, FIRST));
    depot.publish(
        PHI, "phi", SECOND, files("config.json", "{\"p\":3}", "more.bin", bf16(1 << 20, 42)));
  }

  private Snapshot backup(DirectoryStorage storage, int hours) throws Exception {
    BackupOrder order =
        new BackupOrder(Scope.all(), Optional.empty(), "test-1", 1, RepositoryLock.Times.USUAL);
    return new Backup(depot.store, Repository.open(storage, Optional.empty()), at(hours))
        .run(order, RegistryData.none("not asked"), Watcher.none());
  }

  private static void prune(DirectoryStorage storage, int hours) throws IOException {
    var unused =
        new Prune(Repository.open(storage, Optional.empty()), at(hours))
            .run(new Retention(1, 0, 0, 0), "test-1", RepositoryLock.Times.USUAL);
  }

  private static RestoreReport restore(ModelStore store, Repository repository, Snapshot snapshot)
      throws Exception {
    try (Claims claims = store.claims("test-1", IMPATIENT)) {
      return new VolumeRestore(new Shelf(store, claims), repository, model -> 0)
          .run(snapshot, Scope.all(), 1, Watcher.none());
    }
  }

  /** Every snapshot that is listed is whole, down to its bytes. */
  private static void assertWhole(DirectoryStorage storage, String moment) throws IOException {
    Repository repository = Repository.open(storage, Optional.empty());
    assertThat(new Check(repository).run(Depth.DATA, Watcher.none()).findings())
        .as(moment)
        .isEmpty();
    assertThat(ids(storage)).as(moment).isNotEmpty();
  }

  /** The process that held the lock is this one; as if it were another that is dead. */
  private void unlock(Path place) throws IOException {
    DirectoryTree.remove(calls, place.resolve("locks"));
  }

  private static List<String> ids(DirectoryStorage storage) throws IOException {
    return Repository.open(storage, Optional.empty()).snapshots().list().stream()
        .map(Snapshots.Named::id)
        .toList();
  }

  private TreeMap<String, String> trees(Path volume) throws IOException {
    Path versions = volume.resolve("versions");
    return DirectoryTree.walk(calls, versions).stream()
        .filter(e -> e.stat().isFile() && !e.path().contains(".claim"))
        .filter(e -> !e.path().endsWith("current.json"))
        .collect(
            Collectors.toMap(
                DirectoryTree.Entry::path, e -> digest(versions, e), (a, b) -> a, TreeMap::new));
  }

  private static String digest(Path root, DirectoryTree.Entry entry) {
    try {
      return Depot.digests(Files.readAllBytes(root.resolve(entry.path()))).sha256().value();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Clock at(int hours) {
    return Clock.fixed(Depot.NOW.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
  }
}
