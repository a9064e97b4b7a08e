package io.modeldepot.backup;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.keep.PruneReport;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.TreeRestore;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A backup, a prune and a restore stopped after every change that they make, by a kill and by a
 * power cut: what was a backup before is whole, what is half is none, and the next attempt
 * succeeds.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class CrashTest {
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
    Snapshot unused = Backups.make(depot, new DirectoryStorage(after, recording), 5);
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      DirectoryStorage storage = new DirectoryStorage(stopped);
      Backups.assertWhole(storage, moment);

      Snapshot again = Backups.make(depot, storage, 6);

      assertThat(again.leftOut()).as(moment).isEmpty();
      Backups.assertWhole(storage, moment + ", then backed up again");
      DirectoryTree.remove(calls, stopped);
    }
    assertThat(trace.length()).isGreaterThan(15);
  }

  @ParameterizedTest
  @EnumSource
  void aPruneStoppedAnywhereLosesNothingAndGoesOn(Trace.End end) throws Exception {
    Path before = repositoryWithOneBackup();
    changeTheDepot();
    Snapshot kept = Backups.make(depot, new DirectoryStorage(before), 5);
    Path after = directory.resolve("after");
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    // The first look, and a day later the second.
    PruneReport first = Backups.prune(new DirectoryStorage(after, recording), 6);
    PruneReport second = Backups.prune(new DirectoryStorage(after, recording), 40);
    assertThat(first.packsRewritten()).isPositive();
    assertThat(second.packsRemoved()).isPositive();
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      DirectoryStorage storage = new DirectoryStorage(stopped);
      Backups.assertWhole(storage, moment);

      for (int hours : new int[] {70, 100}) {
        PruneReport unused = Backups.prune(storage, hours);
        Backups.assertWhole(storage, moment + ", then pruned again at " + hours);
      }
      assertThat(Backups.ids(storage)).as(moment).containsExactly(kept.id());
      DirectoryTree.remove(calls, stopped);
    }
    assertThat(trace.length()).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource
  void aRestoreStoppedAnywhereLeavesAWholeVolumeAndGoesOn(Trace.End end) throws Exception {
    Repository repository =
        Repository.open(new DirectoryStorage(repositoryWithOneBackup()), Optional.empty());
    Snapshot snapshot = Backups.latest(repository.storage());
    Map<String, String> wanted = depot.everything();
    wanted.keySet().removeIf(path -> path.contains("phi"));
    Path before = directory.resolve("empty");
    new Depot(before).close();
    Path after = directory.resolve("restored");
    Trace.copyVolume(calls, before, after);
    RecordingCalls recording = new RecordingCalls(calls, after);
    Backups.restore(
        ModelStore.open(after, Optional.empty(), Depot.CLOCK, recording),
        repository,
        snapshot,
        Scope.of(LLAMA));
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = directory.resolve("stopped");
      Trace.copyVolume(calls, before, stopped);
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      ModelStore store = ModelStore.open(stopped, Optional.empty(), Depot.CLOCK, calls);
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();

      RestoreReport again = Backups.restore(store, repository, snapshot, Scope.of(LLAMA));

      assertThat(again.failed()).as(moment).isEmpty();
      assertThat(store.invariants().brokenAtRest()).as(moment).isEmpty();
      assertThat(Depot.everythingAt(stopped)).as(moment).isEqualTo(wanted);
      DirectoryTree.remove(calls, stopped);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestoreElsewhereStoppedAnywhereHasAManifestOnlyOfWholeTreesAndGoesOn(Trace.End end)
      throws Exception {
    Repository repository =
        Repository.open(new DirectoryStorage(repositoryWithOneBackup()), Optional.empty());
    Snapshot snapshot = Backups.latest(repository.storage());
    Map<String, String> wanted = depot.versions();
    Path after = Files.createDirectory(directory.resolve("elsewhere"));
    RecordingCalls recording = new RecordingCalls(calls, after);
    var unused = elsewhere(recording, after, repository, snapshot);
    Trace trace = recording.trace();

    for (int prefix = 0; prefix <= trace.length(); prefix++) {
      Path stopped = Files.createDirectory(directory.resolve("stopped"));
      trace.replay(calls, stopped, prefix, end);
      String moment = "stopped after " + prefix + " of " + trace.length() + " by " + end;
      Map<String, String> there = Depot.filesBelow(stopped);
      for (String manifest : List.copyOf(there.keySet())) {
        if (manifest.matches("[^/]+/[0-9a-f]{40}\\.json")) {
          String tree = manifest.substring(0, manifest.length() - ".json".length());
          wanted.forEach(
              (path, digest) -> {
                if (path.startsWith(tree)) {
                  assertThat(there).as(moment).containsEntry(path, digest);
                }
              });
        }
      }

      RestoreReport again = elsewhere(calls, stopped, repository, snapshot);

      assertThat(again.failed()).as(moment).isEmpty();
      assertThat(Depot.filesBelow(stopped)).as(moment).containsAllEntriesOf(wanted);
      DirectoryTree.remove(calls, stopped);
    }
    assertThat(trace.length()).isGreaterThan(30);
  }

  @Test
  void aBackupThatDiedIsGoneOnWithWhatItHadPut() throws Exception {
    Path place = directory.resolve("backups");
    Files.createDirectory(place);
    DirectoryStorage storage = new DirectoryStorage(place);
    Repository repository = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    Snapshot whole = Backups.make(depot, storage, 1);
    // As if it had died after its packs: no index, no snapshot.
    DirectoryTree.remove(calls, place.resolve("snapshots"));
    DirectoryTree.remove(calls, place.resolve("index"));

    Snapshot again = Backups.make(depot, storage, 2);

    assertThat(whole.totals().addedBytes()).isPositive();
    assertThat(again.totals().addedBytes()).isZero();
    assertThat(repository.snapshots().list()).hasSize(1);
    Backups.assertWhole(storage, "gone on");
  }

  private static RestoreReport elsewhere(
      FileCalls through, Path root, Repository repository, Snapshot snapshot)
      throws IOException, InterruptedException {
    return new TreeRestore(through, root, repository).run(snapshot, Scope.all(), 1, Watcher.none());
  }

  private Path repositoryWithOneBackup() throws Exception {
    Path place = Files.createDirectory(directory.resolve("before"));
    DirectoryStorage storage = new DirectoryStorage(place);
    Repository unused = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    Snapshot first = Backups.make(depot, storage, 0);
    assertThat(first.versions()).hasSize(3);
    return place;
  }

  private void changeTheDepot() throws IOException {
    DirectoryTree.remove(calls, depot.store.layout().model(PHI).resolve(FIRST.value()));
    calls.unlink(depot.store.layout().manifest(PHI, FIRST));
    depot.publish(
        PHI, "phi", SECOND, files("config.json", "{\"p\":3}", "more.bin", bf16(1 << 20, 42)));
  }
}
