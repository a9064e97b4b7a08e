package io.modeldepot.backup;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.repository.Locked;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.TreeRestore;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backup, prune and restore with each of their calls failing once, on the volume and at the place
 * of the repository. Each may fail, and then says what was refused; what was a backup is whole, the
 * volume holds what it promises, and a second attempt does the rest.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class FailingCallTest {
  /** The others come back by the same calls. */
  private static final Scope ONE = Scope.of(LLAMA, SECOND);

  private final FileCalls calls = new LinuxCalls();
  private Path directory;
  private Path place;
  private Depot depot;

  @BeforeEach
  void open() throws Exception {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "backup-faults-")
            : Files.createTempDirectory("backup-faults-");
    depot = new Depot(directory.resolve("depot"));
    depot.publish(LLAMA, "llama", FIRST, files("config.json", "{\"a\":1}", "w.bin", weights(1)));
    depot.publish(
        LLAMA,
        "llama",
        SECOND,
        files("config.json", "{\"a\":2}", "sub/empty", "", "w.bin", weights(1)));
    depot.publish(PHI, "phi", FIRST, files("config.json", "{\"p\":1}"));
    place = Files.createDirectory(directory.resolve("before"));
    DirectoryStorage storage = new DirectoryStorage(place);
    Repository unused = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    assertThat(Backups.make(depot, storage, 0).versions()).hasSize(3);
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aBackupSurvivesEveryCallOfItsTargetRefusedOnce(Errno errno) throws Exception {
    changeTheDepot();

    int calls = everyCallOfTheTarget(errno, storage -> Backups.make(depot, storage, 5));

    assertThat(calls).isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aPruneSurvivesEveryCallOfItsTargetRefusedOnce(Errno errno) throws Exception {
    readyToPrune();

    int calls = everyCallOfTheTarget(errno, storage -> Backups.prune(storage, 40));

    assertThat(calls).isGreaterThan(60);
  }

  @ParameterizedTest
  @EnumSource
  void aBackupSurvivesEveryQuestionToItsTargetFailingOnce(FaultyStorage.Fault fault)
      throws Exception {
    changeTheDepot();

    int calls = everyQuestion(fault, storage -> Backups.make(depot, storage, 5));

    assertThat(calls).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource
  void aPruneSurvivesEveryQuestionToItsTargetFailingOnce(FaultyStorage.Fault fault)
      throws Exception {
    readyToPrune();

    int calls = everyQuestion(fault, storage -> Backups.prune(storage, 40));

    assertThat(calls).isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aBackupOfAVolumeWhoseCallsAreRefusedOnceLeavesOutNoMoreThanItSays(Errno errno)
      throws Exception {
    changeTheDepot();
    FaultyCalls faulty = new FaultyCalls(calls);
    ModelStore store =
        ModelStore.open(depot.store.layout().root(), Optional.empty(), Depot.CLOCK, faulty);
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      DirectoryStorage storage = new DirectoryStorage(copy("faulty"));
      faulty.failOnce(number, errno);
      String moment = errno + " at call " + number + " of the volume";
      try {
        Snapshot made = Backups.make(store, storage, 5);
        assertThat(made.versions().size() + made.leftOut().size()).as(moment).isEqualTo(3);
        made.leftOut().forEach(it -> assertThat(it.why()).as(moment).contains(errno.name()));
      } catch (IOException e) {
        assertSaid(e, errno.name(), faulty.made() > number, moment);
      }
      reached = faulty.made() > number;
      faulty.heal();
      Backups.assertWhole(storage, moment);

      assertThat(Backups.make(store, storage, 6).leftOut()).as(moment).isEmpty();
      Backups.assertWhole(storage, moment + ", then again");
    }
    assertThat(number).isGreaterThan(10);
    assertThat(depot.store.invariants().brokenAtRest()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aRestoreSurvivesEveryCallOfTheVolumeRefusedOnce(Errno errno) throws Exception {
    Repository repository = Repository.open(new DirectoryStorage(place), Optional.empty());
    Snapshot snapshot = Backups.latest(repository.storage());
    Path before = directory.resolve("empty");
    new Depot(before).close();
    Map<String, String> wanted = wanted(depot.everything());
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      Path root = fresh("restored");
      Trace.copyVolume(calls, before, root);
      FaultyCalls faulty = new FaultyCalls(calls);
      ModelStore store = ModelStore.open(root, Optional.empty(), Depot.CLOCK, faulty);
      faulty.failOnce(number, errno);
      String moment = errno + " at call " + number + " of the volume";
      try {
        RestoreReport report = Backups.restore(store, repository, snapshot, ONE);
        assertThat(report.failed()).as(moment).isEmpty();
      } catch (IOException e) {
        assertSaid(e, errno.name(), faulty.made() > number, moment);
      }
      reached = faulty.made() > number;
      faulty.heal();
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();

      assertThat(Backups.restore(store, repository, snapshot, ONE).failed()).as(moment).isEmpty();
      assertThat(store.invariants().brokenAtRest()).as(moment).isEmpty();
      assertThat(Depot.everythingAt(root)).as(moment).isEqualTo(wanted);
    }
    assertThat(number).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource
  void aRestoreSurvivesEveryQuestionToItsBackupsFailingOnce(FaultyStorage.Fault fault)
      throws Exception {
    Storage real = new DirectoryStorage(place);
    Snapshot snapshot = Backups.latest(real);
    Map<String, String> wanted = wanted(depot.everything());
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      Path root = fresh("restored");
      FaultyStorage faulty = new FaultyStorage(real, number, fault);
      String moment = fault + " at question " + number + ": " + faulty.refused();
      try (Depot empty = new Depot(root)) {
        try {
          Repository repository = Repository.open(faulty, Optional.empty());
          assertThat(Backups.restore(empty.store, repository, snapshot, ONE).failed())
              .as(moment)
              .isEmpty();
        } catch (IOException e) {
          assertSaid(e, faulty.refused(), faulty.reached(), moment);
        }
        reached = faulty.reached();
        assertThat(empty.store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();

        Repository repository = Repository.open(real, Optional.empty());
        assertThat(Backups.restore(empty.store, repository, snapshot, ONE).failed()).isEmpty();
        assertThat(empty.store.invariants().brokenAtRest()).as(moment).isEmpty();
        assertThat(empty.everything()).as(moment).isEqualTo(wanted);
      }
    }
    assertThat(number).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC", "ESTALE"})
  void aRestoreElsewhereSurvivesEveryCallRefusedOnce(Errno errno) throws Exception {
    Repository repository = Repository.open(new DirectoryStorage(place), Optional.empty());
    Snapshot snapshot = Backups.latest(repository.storage());
    Map<String, String> wanted = wanted(depot.versions());
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      Path root = Files.createDirectory(fresh("elsewhere"));
      FaultyCalls faulty = new FaultyCalls(calls);
      faulty.failOnce(number, errno);
      String moment = errno + " at call " + number + " elsewhere";
      try {
        assertThat(elsewhere(faulty, root, repository, snapshot).failed()).as(moment).isEmpty();
      } catch (IOException e) {
        assertSaid(e, errno.name(), faulty.made() > number, moment);
      }
      reached = faulty.made() > number;
      faulty.heal();
      Map<String, String> there = Depot.filesBelow(root);
      there.keySet().removeIf(path -> path.contains(".new-") || !path.endsWith(SECOND + ".json"));
      assertThat(wanted)
          .as("%s: a manifest is of a whole tree", moment)
          .containsAllEntriesOf(there);

      assertThat(elsewhere(faulty, root, repository, snapshot).failed()).as(moment).isEmpty();
      assertThat(Depot.filesBelow(root)).as(moment).containsAllEntriesOf(wanted);
    }
    assertThat(number).isGreaterThan(30);
  }

  @Test
  void aLockThatCouldNotBeGivenBackKeepsNobodyOut() throws Exception {
    changeTheDepot();
    FaultyCalls faulty = new FaultyCalls(calls);
    DirectoryStorage storage = new DirectoryStorage(place, faulty);
    faulty.fail(
        (made, call, path) ->
            call.equals("unlink") && path.toString().contains("/locks/")
                ? Optional.of(Errno.EIO)
                : Optional.empty());

    Snapshot made = Backups.make(depot, storage, 5);
    assertThat(storage.list("locks")).hasSize(1);
    faulty.heal();
    Snapshot next = Backups.make(depot, storage, 6);

    assertThat(Backups.ids(storage)).contains(made.id(), next.id());
    assertThat(storage.list("locks")).isEmpty();
    try (RepositoryLock held =
        RepositoryLock.take(storage, "janitor-7", "backup", RepositoryLock.Times.USUAL)) {
      assertThatThrownBy(() -> Backups.make(depot, storage, 7)).isInstanceOf(Locked.class);
      held.requireHeld();
    }
  }

  /** What is done with a repository. */
  private interface Work {
    Object with(Storage storage) throws IOException, InterruptedException;
  }

  private int everyCallOfTheTarget(Errno errno, Work work) throws Exception {
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      Path root = copy("faulty");
      FaultyCalls faulty = new FaultyCalls(calls);
      DirectoryStorage storage = new DirectoryStorage(root, faulty);
      faulty.failOnce(number, errno);
      String moment = errno + " at call " + number + " of the target";
      try {
        Object unused = work.with(storage);
      } catch (IOException e) {
        assertSaid(e, errno.name(), faulty.made() > number, moment);
      }
      reached = faulty.made() > number;
      faulty.heal();
      again(storage, work, moment);
    }
    return number;
  }

  private int everyQuestion(FaultyStorage.Fault fault, Work work) throws Exception {
    boolean reached = true;
    int number = 0;
    for (; reached; number++) {
      DirectoryStorage real = new DirectoryStorage(copy("faulty"));
      FaultyStorage faulty = new FaultyStorage(real, number, fault);
      String moment = fault + " at question " + number;
      try {
        Object unused = work.with(faulty);
      } catch (IOException e) {
        assertSaid(e, faulty.refused(), faulty.reached(), moment);
      }
      reached = faulty.reached();
      again(real, work, moment + " about " + faulty.refused());
    }
    return number;
  }

  private static void again(Storage storage, Work work, String moment) throws Exception {
    Backups.assertWhole(storage, moment);

    Object unused = work.with(storage);

    Backups.assertWhole(storage, moment + ", then again");
    assertThat(storage.list("locks")).as(moment).isEmpty();
  }

  private static void assertSaid(IOException e, String what, boolean reached, String moment) {
    assertThat(reached).as("%s: failed by itself: %s", moment, e).isTrue();
    assertThat(e).as(moment).hasMessageContaining(what);
  }

  private static RestoreReport elsewhere(
      FileCalls through, Path root, Repository repository, Snapshot snapshot)
      throws IOException, InterruptedException {
    return new TreeRestore(through, root, repository).run(snapshot, ONE, 1, Watcher.none());
  }

  private void changeTheDepot() throws IOException {
    DirectoryTree.remove(calls, depot.store.layout().model(PHI).resolve(FIRST.value()));
    calls.unlink(depot.store.layout().manifest(PHI, FIRST));
    depot.publish(PHI, "phi", SECOND, files("config.json", "{\"p\":3}", "more.bin", weights(2)));
  }

  /**
   * A backup that no rule keeps, packs that nobody needs since a day, and one mostly not needed.
   */
  private void readyToPrune() throws Exception {
    DirectoryStorage storage = new DirectoryStorage(place);
    for (int hours = 1; hours < 3; hours++) {
      depot.publish(
          PHI,
          "phi",
          SECOND,
          files("config.json", "{\"p\":" + hours + "}", "b.bin", weights(hours)));
      Snapshot unused = Backups.make(depot, storage, hours);
      DirectoryTree.remove(calls, depot.store.layout().model(PHI).resolve(SECOND.value()));
      calls.unlink(depot.store.layout().manifest(PHI, SECOND));
    }
    Snapshot unused = Backups.make(depot, storage, 4);
    assertThat(Backups.prune(storage, 5).packsWaiting()).isPositive();
  }

  private static Map<String, String> wanted(Map<String, String> all) {
    all.keySet().removeIf(path -> path.contains("phi") || path.contains(FIRST.value()));
    return all;
  }

  private Path copy(String name) throws IOException {
    Path copy = fresh(name);
    Trace.copyVolume(calls, place, copy);
    return copy;
  }

  private Path fresh(String name) throws IOException {
    Path fresh = directory.resolve(name);
    if (Files.exists(fresh)) {
      DirectoryTree.remove(calls, fresh);
    }
    return fresh;
  }

  private static byte[] weights(long seed) {
    return bf16((1 << 20) + 2, seed);
  }
}
