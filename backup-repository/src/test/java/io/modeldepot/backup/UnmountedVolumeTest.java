package io.modeldepot.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.store.volume.VolumeRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that is not mounted looks like an empty one, and is no reason for an empty backup. */
final class UnmountedVolumeTest {
  @Test
  void aVolumeThatWentIsNotSavedAsAnEmptyOne(@TempDir Path directory) throws Exception {
    Path root = Files.createDirectory(directory.resolve("ai-models"));
    DirectoryStorage storage =
        new DirectoryStorage(Files.createDirectory(directory.resolve("backups")));
    Depot depot = new Depot(root);
    depot.fill();
    Repository unused = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    Files.move(root, directory.resolve("unmounted"));
    Files.createDirectory(root);

    assertThatThrownBy(() -> Backups.make(depot, storage, 1)).isInstanceOf(VolumeRefused.class);
    assertThat(Backups.ids(storage)).isEmpty();
  }
}
