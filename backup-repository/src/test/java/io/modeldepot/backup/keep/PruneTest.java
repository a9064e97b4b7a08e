package io.modeldepot.backup.keep;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.Depot;
import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.pack.Pack;
import io.modeldepot.backup.repository.Locked;
import io.modeldepot.backup.repository.NoRepository;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PruneTest {
  private static final Retention NEWEST = new Retention(1, 0, 0, 0);

  @TempDir Path directory;
  private Path place;
  private Depot depot;
  private Repository repository;

  @BeforeEach
  void open() throws IOException {
    depot = new Depot(directory.resolve("depot"));
    depot.fill();
    place = Files.createDirectory(directory.resolve("backups"));
    repository = Repository.create(new DirectoryStorage(place), Optional.empty(), Depot.CLOCK);
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("depot"));
  }

  @Test
  void whatNoBackupNeedsGoesADayLaterAndNotBefore() throws Exception {
    backup(0, Scope.all());
    loseAModelAndBringAnother();
    backup(1, Scope.all());
    long before = bytes();

    PruneReport first = prune(2);
    long afterFirst = bytes();
    PruneReport hours = prune(20);
    PruneReport day = prune(27);

    assertThat(first.forgotten()).isEqualTo(1);
    assertThat(first.packsRemoved()).isZero();
    assertThat(first.packsWaiting()).isPositive();
    assertThat(hours.packsRemoved()).isZero();
    assertThat(day.packsRemoved()).isPositive();
    assertThat(afterFirst).isGreaterThan(before - (1 << 20));
    assertThat(bytes()).isLessThan(before - (1 << 20));
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void aPlanOfAPruneChangesNothing() throws Exception {
    backup(0, Scope.all());
    loseAModelAndBringAnother();
    backup(1, Scope.all());
    List<String> before = names();

    PruneReport plan = new Prune(repository, at(2)).plan(NEWEST);

    assertThat(plan.forgotten()).isEqualTo(1);
    assertThat(plan.packsWaiting() + plan.packsRewritten()).isPositive();
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void aPackThatABackupNeedsAgainStays() throws Exception {
    Snapshot phi = backup(0, Scope.of(PHI));
    backup(1, Scope.of(LLAMA));
    new Pins(repository).pin(phi.id(), "so that it is known", "test", Depot.NOW);
    prune(2);
    new Pins(repository).unpin(phi.id());
    repository.snapshots().forget(repository.snapshots().find(phi.id()));
    PruneReport looked = prune(3);
    backup(4, Scope.of(PHI));

    PruneReport later = prune(50);

    assertThat(looked.packsWaiting()).isEqualTo(1);
    assertThat(later.packsRemoved()).isZero();
    assertThat(later.packsWaiting()).isZero();
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void aPinnedBackupStaysUntilItsPinIsTaken() throws Exception {
    Snapshot old = backup(0, Scope.all());
    backup(1, Scope.all());
    new Pins(repository).pin(old.id(), "before upgrade", "ops", Depot.NOW);

    PruneReport pinned = prune(2);
    new Pins(repository).unpin(old.id());
    PruneReport unpinned = prune(3);

    assertThat(pinned.forgotten()).isZero();
    assertThat(unpinned.forgotten()).isEqualTo(1);
  }

  @Test
  void aSnapshotThatCannotBeReadEndsAPruneBeforeAnythingGoes() throws Exception {
    Snapshot old = backup(0, Scope.all());
    backup(1, Scope.all());
    Path file = place.resolve(repository.snapshots().find(old.id()).object());
    byte[] good = Files.readAllBytes(file);
    Files.write(file, new byte[] {'{'});
    List<String> before = names();

    assertThatThrownBy(() -> prune(2)).isInstanceOf(DamagedObject.class);

    assertThat(names()).isEqualTo(before);
    Files.write(file, good);
  }

  @Test
  void anIndexThatIsWrongTakesNothingAway() throws Exception {
    Snapshot kept = backup(0, Scope.all());
    // It says of every pack that it has its first block alone.
    List<Pack> less =
        repository.index().packs().values().stream()
            .map(p -> new Pack(p.name(), p.sizeBytes(), p.entries().subList(0, 1)))
            .toList();
    for (Storage.Stored file : repository.storage().list("index")) {
      repository.storage().delete(file.name());
    }
    BlockIndex.put(repository.storage(), repository.seal(), "i-00000000", less);
    assertThat(check().findings()).isNotEmpty();

    PruneReport first = prune(2);
    PruneReport second = prune(40);

    assertThat(first.packsWaiting() + second.packsRemoved()).isZero();
    assertThat(check().findings()).as("what a prune wrote anew is right").isEmpty();
    assertThat(check().snapshots()).isEqualTo(1);
    assertThat(kept.versions()).hasSize(3);
  }

  /** Of the pack and its copy either may come first by name, so there are several of them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPruneThatDiedAfterItCopiedAPackLosesNothingLater(long seed) throws Exception {
    for (CommitId commit : List.of(FIRST, SECOND)) {
      DirectoryTree.remove(new LinuxCalls(), depot.store.layout().tree(LLAMA, commit));
      new LinuxCalls().unlink(depot.store.layout().manifest(LLAMA, commit));
    }
    depot.publish(LLAMA, "llama", FIRST, files("w.bin", bf16(1 << 20, seed)));
    backup(0, Scope.all());
    loseAModel();
    backup(1, Scope.all());
    assertThat(prune(2).packsRewritten()).isEqualTo(1);
    // As if it had died before it wrote down that nobody needs the one that was copied.
    DirectoryTree.remove(new LinuxCalls(), place.resolve("obsolete"));

    for (int hours : new int[] {30, 60, 90, 120}) {
      PruneReport unused = prune(hours);
      assertThat(check().findings()).as("after %d hours", hours).isEmpty();
    }

    assertThat(repository.index().packs()).as("one pack has everything").hasSize(1);
  }

  @Test
  void whatADamagedNoteNamedWaitsForAnotherDay() throws Exception {
    backup(0, Scope.all());
    loseAModelAndBringAnother();
    backup(1, Scope.all());
    assertThat(prune(2).packsWaiting()).isPositive();
    Storage.Stored note = repository.storage().list("obsolete").getFirst();
    byte[] bytes = repository.storage().get(note.name());
    bytes[bytes.length / 2] ^= 1;
    repository.storage().put(note.name(), bytes);

    PruneReport later = prune(40);
    PruneReport another = prune(80);

    assertThat(later.packsRemoved()).isZero();
    assertThat(another.packsRemoved()).isPositive();
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void whereTheConfigurationIsGoneNoOtherRepositoryIsMade() throws Exception {
    backup(0, Scope.all());
    byte[] config = Files.readAllBytes(place.resolve("config.json"));
    Files.delete(place.resolve("config.json"));

    assertThatThrownBy(() -> Repository.create(repository.storage(), Optional.empty(), Depot.CLOCK))
        .isInstanceOf(NoRepository.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("put it back");

    Files.write(place.resolve("config.json"), new byte[0]);
    assertThatThrownBy(() -> Repository.create(repository.storage(), Optional.empty(), Depot.CLOCK))
        .isInstanceOf(NoRepository.class);
    Files.write(place.resolve("config.json"), config);
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void twoWritersRefuseEachOtherByName() throws Exception {
    try (RepositoryLock held =
        RepositoryLock.take(
            repository.storage(), "janitor-7", "backup", RepositoryLock.Times.USUAL)) {
      assertThatThrownBy(() -> prune(2))
          .isInstanceOf(Locked.class)
          .hasMessageContaining("janitor-7")
          .hasMessageContaining("backup");
      assertThatThrownBy(() -> backup(1, Scope.all())).isInstanceOf(Locked.class);
      held.requireHeld();
    }
    assertThat(backup(1, Scope.all()).versions()).hasSize(3);
  }

  private void loseAModel() throws IOException {
    DirectoryTree.remove(new LinuxCalls(), depot.store.layout().model(PHI));
    DirectoryTree.remove(new LinuxCalls(), depot.store.layout().models().resolve("phi"));
  }

  private void loseAModelAndBringAnother() throws IOException {
    loseAModel();
    depot.publish(
        LLAMA, "llama", FIRST, files("config.json", "{\"a\":1}", "more.bin", bf16(1 << 20, 77)));
    assertThat(depot.store.versions().commits(LLAMA)).contains(SECOND);
  }

  private Snapshot backup(int hours, Scope scope) throws Exception {
    return new Backup(depot.store, repository, at(hours))
        .run(
            BackupOrder.of(scope, Optional.empty(), "test-1"),
            RegistryData.none("not asked"),
            Watcher.none());
  }

  private PruneReport prune(int hours) throws IOException {
    return new Prune(repository, at(hours)).run(NEWEST, "test-1", RepositoryLock.Times.USUAL);
  }

  private CheckReport check() throws IOException {
    return new Check(repository).run(Depth.DATA, Watcher.none());
  }

  private static Clock at(int hours) {
    return Clock.fixed(Depot.NOW.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(place.resolve("data"))) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
