package io.modeldepot.backup.restore;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.Depot;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.seal.WrongKey;
import io.modeldepot.backup.snapshot.LeftOut;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupAndRestoreTest {
  @TempDir Path directory;

  private Depot depot;
  private Depot empty;
  private DirectoryStorage storage;
  private Repository repository;

  @BeforeEach
  void open() throws IOException {
    depot = new Depot(directory.resolve("depot"));
    depot.fill();
    empty = new Depot(directory.resolve("empty"));
    Path place = Files.createDirectory(directory.resolve("backups"));
    storage = new DirectoryStorage(place);
    repository = Repository.create(storage, Optional.empty(), Depot.CLOCK);
  }

  @AfterEach
  void close() throws IOException {
    assertThat(depot.store.invariants().brokenAtRest()).isEmpty();
    assertThat(empty.store.invariants().brokenAtRest()).isEmpty();
    depot.close();
    empty.close();
    // Trees are read-only; the temporary directory could not be removed.
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("depot"));
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("empty"));
  }

  @Test
  void everythingComesBackOnAnEmptyVolume() throws Exception {
    Snapshot snapshot = backup(Scope.all());

    RestoreReport report = restore(snapshot, Scope.all());

    assertThat(empty.everything()).isEqualTo(depot.everything());
    assertThat(report.failed()).isEmpty();
    assertThat(report.restored()).hasSize(3);
    assertThat(empty.store.versions().current(LLAMA).orElseThrow().commit()).contains(SECOND);
  }

  @Test
  void aSealedRepositoryGivesEverythingBackToItsKeyOnly() throws Exception {
    OperatorKey key = key(1);
    DirectoryStorage place =
        new DirectoryStorage(Files.createDirectory(directory.resolve("sealed")));
    repository = Repository.create(place, Optional.of(key), Depot.CLOCK);
    Snapshot snapshot = backup(Scope.all());
    repository = Repository.open(place, Optional.of(key));

    RestoreReport report = restore(snapshot, Scope.all());

    assertThat(report.failed()).isEmpty();
    assertThat(empty.everything()).isEqualTo(depot.everything());
    assertThatThrownBy(() -> Repository.open(place, Optional.of(key(2))))
        .isInstanceOf(WrongKey.class);
    assertThatThrownBy(() -> Repository.open(place, Optional.empty())).isInstanceOf(WrongKey.class);
    assertThat(texts(directory.resolve("sealed"))).noneMatch(t -> t.contains("model.safetensors"));
  }

  @Test
  void aSealedRepositoryTakesAnotherKey() throws Exception {
    DirectoryStorage place =
        new DirectoryStorage(Files.createDirectory(directory.resolve("sealed")));
    repository = Repository.create(place, Optional.of(key(1)), Depot.CLOCK);
    Snapshot snapshot = backup(Scope.of(PHI));

    repository.addKey(key(1), key(2));

    repository = Repository.open(place, Optional.of(key(2)));
    assertThat(restore(snapshot, Scope.all()).failed()).isEmpty();
  }

  @Test
  void oneFamilyOneModelAndOneVersionComeBackAlone() throws Exception {
    Snapshot snapshot = backup(Scope.all());

    RestoreReport family = restore(snapshot, Scope.of(FamilyName.of("phi")));
    RestoreReport version = restore(snapshot, Scope.of(LLAMA, FIRST));

    assertThat(family.restored()).extracting(r -> r.model()).containsExactly(PHI);
    assertThat(version.restored()).extracting(r -> r.commit()).containsExactly(FIRST);
    assertThat(empty.store.versions().commits(LLAMA)).containsExactly(FIRST);
  }

  @Test
  void aSecondRestoreWritesNothing() throws Exception {
    Snapshot snapshot = backup(Scope.all());
    RestoreReport first = restore(snapshot, Scope.all());

    RestoreReport second = restore(snapshot, Scope.all());

    assertThat(second.writtenBytes()).isZero();
    assertThat(second.keptBytes()).isEqualTo(first.writtenBytes());
    assertThat(empty.store.versions().current(PHI).orElseThrow().generation()).isEqualTo(2);
  }

  @Test
  void aDamagedFileIsReplaced() throws Exception {
    Snapshot snapshot = backup(Scope.all());
    restore(snapshot, Scope.all());
    Path file = empty.store.layout().tree(PHI, FIRST).resolve("model.safetensors");
    flipABit(file);

    RestoreReport again = restore(snapshot, Scope.of(PHI));

    assertThat(again.writtenBytes()).isEqualTo(2 << 20);
    assertThat(Files.readAllBytes(file)).isEqualTo(bf16(2 << 20, 2));
    assertThat(empty.everything()).isEqualTo(depot.everything());
  }

  @Test
  void aSecondBackupCostsWhatChanged() throws Exception {
    Snapshot first = backup(Scope.all());
    byte[] more = bf16(1 << 20, 9);
    depot.publish(
        PHI,
        "phi",
        SECOND,
        files("config.json", "{\"p\":2}", "model.safetensors", bf16(2 << 20, 2), "new.bin", more));

    Snapshot second = backup(Scope.all());

    assertThat(first.totals().addedBytes()).isBetween(1L << 20, (5L << 20) * 7 / 10);
    assertThat(second.totals().addedBytes()).isBetween(1L << 19, 1L << 20);
    assertThat(restore(second, Scope.all()).failed()).isEmpty();
    assertThat(empty.everything()).isEqualTo(depot.everything());
  }

  @Test
  void whatWasDamagedOnTheVolumeIsLeftOutAndNamed() throws Exception {
    // The blob and both trees of the weights are one inode: no place has them whole.
    flipABit(depot.store.layout().tree(PHI, FIRST).resolve("model.safetensors"));

    Snapshot snapshot = backup(Scope.all());

    assertThat(snapshot.versions()).extracting(v -> v.manifest().model()).doesNotContain(PHI);
    assertThat(snapshot.leftOut()).extracting(LeftOut::model).containsExactly(PHI);
    assertThat(snapshot.leftOut().getFirst().path()).contains("model.safetensors");
    flipABit(depot.store.layout().tree(PHI, FIRST).resolve("model.safetensors"));
  }

  @Test
  void aFileThatIsMissingInTheTreeIsTakenFromTheCache() throws Exception {
    Path file = depot.store.layout().tree(PHI, FIRST).resolve("model.safetensors");
    Path aside = directory.resolve("aside");
    Files.move(file, aside);

    Snapshot snapshot = backup(Scope.all());

    assertThat(snapshot.leftOut()).isEmpty();
    Files.move(aside, file);
  }

  @Test
  void theRegistryIsInTheSnapshotOrTheReasonWhyNot() throws Exception {
    byte[] dump = "{\"a\":1}\n".repeat(5000).getBytes(StandardCharsets.UTF_8);

    Snapshot with =
        new Backup(depot.store, repository, Depot.CLOCK)
            .run(
                order(Scope.all()),
                into -> {
                  into.write(dump);
                  return new RegistryData.AuditHead(7, "ff");
                },
                Watcher.none());
    Snapshot without = backup(Scope.all());

    assertThat(with.registry().auditSeq()).contains(7L);
    assertThat(with.contents()).containsKey(Depot.digests(dump).sha256());
    assertThat(without.registry().why()).contains("not asked");
    assertThat(without.registry().sha256()).isEmpty();
  }

  @Test
  void aSignatureComesBackWithItsVersion() throws Exception {
    byte[] signature = {'{', '}', '\n', (byte) 0xff};
    depot.sign(LLAMA, SECOND, signature);
    Snapshot snapshot = backup(Scope.all());
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));

    RestoreReport report = restore(snapshot, Scope.all());
    RestoreReport aside =
        new TreeRestore(new LinuxCalls(), elsewhere, repository)
            .run(snapshot, Scope.of(LLAMA), 2, Watcher.none());

    assertThat(report.failed()).isEmpty();
    assertThat(empty.store.versions().signature(LLAMA, SECOND)).contains(signature);
    assertThat(empty.everything()).isEqualTo(depot.everything());
    assertThat(aside.failed()).isEmpty();
    assertThat(elsewhere.resolve("llama2-7b").resolve(SECOND + ".sig")).hasBinaryContent(signature);
  }

  @Test
  void elsewhereAVersionIsAPlainTreeWithItsManifest() throws Exception {
    Snapshot snapshot = backup(Scope.all());
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));

    RestoreReport report =
        new TreeRestore(new LinuxCalls(), elsewhere, repository)
            .run(snapshot, Scope.of(LLAMA), 2, Watcher.none());

    Path tree = elsewhere.resolve("llama2-7b").resolve(SECOND.value());
    assertThat(report.failed()).isEmpty();
    assertThat(Files.readString(tree.resolve("config.json"))).isEqualTo("{\"a\":2}");
    assertThat(Files.size(tree.resolve("sub/empty"))).isZero();
    assertThat(Files.readAllBytes(elsewhere.resolve("llama2-7b").resolve(SECOND + ".json")))
        .isEqualTo(Files.readAllBytes(depot.store.layout().manifest(LLAMA, SECOND)));
    assertThat(
            new TreeRestore(new LinuxCalls(), elsewhere, repository)
                .run(snapshot, Scope.of(LLAMA), 2, Watcher.none())
                .writtenBytes())
        .isZero();
  }

  @Test
  void aDamagedPackFailsItsVersionAndNoOther() throws Exception {
    Snapshot phi = backup(Scope.of(PHI));
    Path pack =
        Files.walk(directory.resolve("backups/data"))
            .filter(Files::isRegularFile)
            .toList()
            .getFirst();
    Snapshot all = backup(Scope.all());
    flipABit(pack);

    RestoreReport report = restore(all, Scope.all());

    assertThat(report.failed()).extracting(LeftOut::model).containsExactly(PHI);
    assertThat(report.restored()).extracting(r -> r.model()).containsExactly(LLAMA, LLAMA);
    assertThat(empty.store.versions().commits(PHI)).isEmpty();
    assertThat(phi.versions()).hasSize(1);
  }

  @Test
  void whatTheSnapshotDoesNotHaveIsRefused() throws Exception {
    Snapshot snapshot = backup(Scope.of(PHI));

    assertThatThrownBy(() -> restore(snapshot, Scope.of(LLAMA)))
        .isInstanceOf(NothingToRestore.class)
        .hasMessageContaining("llama2-7b");
    assertThatThrownBy(() -> restore(snapshot, Scope.of(PHI, CommitId.of("c".repeat(40)))))
        .isInstanceOf(NothingToRestore.class);
  }

  @Test
  void progressRisesToTheEnd() throws Exception {
    List<Long> told = new ArrayList<>();

    Snapshot snapshot =
        new Backup(depot.store, repository, Depot.CLOCK)
            .run(
                order(Scope.all()),
                RegistryData.none("not asked"),
                (done, total, files) -> told.add(done));

    assertThat(told).isSorted().last().isEqualTo(snapshot.totals().rawBytes());
  }

  private Snapshot backup(Scope scope) throws Exception {
    return new Backup(depot.store, repository, Depot.CLOCK)
        .run(order(scope), RegistryData.none("not asked"), Watcher.none());
  }

  private static BackupOrder order(Scope scope) {
    return BackupOrder.of(scope, Optional.empty(), "test-1");
  }

  private RestoreReport restore(Snapshot snapshot, Scope scope) throws Exception {
    return new VolumeRestore(empty.shelf, repository, model -> 0)
        .run(snapshot, scope, 2, Watcher.none());
  }

  private static OperatorKey key(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return OperatorKey.of(bytes);
  }

  private static void flipABit(Path file) throws IOException {
    LinuxCalls calls = new LinuxCalls();
    int mode = calls.stat(file).orElseThrow().mode();
    calls.chmod(file, 0600);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 4;
    Files.write(file, bytes);
    calls.chmod(file, mode);
  }

  private static List<String> texts(Path root) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : Files.walk(root).filter(Files::isRegularFile).toList()) {
      texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    return texts;
  }
}
