package io.modeldepot.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.modeldepot.backup.Depot;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotDiffTest {
  private static final ModelName NEW = ModelName.of("new-model");

  @TempDir Path directory;

  @Test
  void whatCameAndWentAndWhatBecameCurrentIsSaidWithItsBytes() throws Exception {
    Repository repository =
        Repository.create(
            new DirectoryStorage(Files.createDirectory(directory.resolve("backups"))),
            Optional.empty(),
            Depot.CLOCK);
    try (Depot depot = new Depot(directory.resolve("depot"))) {
      depot.publish(Depot.LLAMA, "llama", Depot.FIRST, Depot.files("a", "first"));
      depot.publish(Depot.PHI, "phi", Depot.FIRST, Depot.files("a", "phi"));
      Snapshot before = backup(depot, repository);
      depot.publish(Depot.LLAMA, "llama", Depot.SECOND, Depot.files("a", "second!"));
      depot.publish(NEW, "phi", Depot.FIRST, Depot.files("a", "phi", "b", "bytes"));
      Snapshot after = backup(depot, repository);

      SnapshotDiff diff = SnapshotDiff.between(before, after);
      SnapshotDiff back = SnapshotDiff.between(after, before);

      assertThat(diff.lines())
          .extracting(
              SnapshotDiff.Line::model, SnapshotDiff.Line::commit, SnapshotDiff.Line::change)
          .containsExactly(
              tuple(Depot.LLAMA, Depot.FIRST, SnapshotDiff.Change.SWITCHED),
              tuple(Depot.LLAMA, Depot.SECOND, SnapshotDiff.Change.ADDED),
              tuple(NEW, Depot.FIRST, SnapshotDiff.Change.ADDED));
      assertThat(diff.addedBytes()).isEqualTo("second!".length() + "bytes".length());
      assertThat(diff.goneBytes()).isZero();
      assertThat(diff.sameVersions()).isEqualTo(1);
      assertThat(back.goneBytes()).isEqualTo(diff.addedBytes());
      assertThat(back.lines())
          .filteredOn(line -> line.change() == SnapshotDiff.Change.GONE)
          .hasSize(2);
      assertThat(SnapshotDiff.between(after, after).lines()).isEmpty();
    }
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("depot"));
  }

  private static Snapshot backup(Depot depot, Repository repository) throws Exception {
    return new Backup(depot.store, repository, Depot.CLOCK)
        .run(
            BackupOrder.of(Scope.all(), Optional.empty(), "test-1"),
            RegistryData.none("a test"),
            Watcher.none());
  }
}
