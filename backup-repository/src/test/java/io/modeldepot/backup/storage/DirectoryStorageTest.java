package io.modeldepot.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryStorageTest extends StorageConformance {
  @TempDir Path directory;

  @Override
  Storage storage() {
    return new DirectoryStorage(directory);
  }

  @Test
  void aFullDiskIsSaidSoAndNothingIsLeft() throws IOException {
    FaultyCalls full = new FaultyCalls(new LinuxCalls());
    Storage storage = new DirectoryStorage(directory, full);
    full.fail(
        (made, call, path) -> call.equals("write") ? Optional.of(Errno.ENOSPC) : Optional.empty());

    assertThatThrownBy(() -> storage.put("data/ab/pack", new byte[9]))
        .isInstanceOf(StorageFull.class);
    full.heal();
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsNotMade() {
    Path gone = directory.resolve("not-mounted");

    assertThatThrownBy(() -> new DirectoryStorage(gone).put("config.json", new byte[1]))
        .isInstanceOf(StorageFailed.class)
        .hasMessageContaining("mounted");
    assertThat(gone).doesNotExist();
  }

  @Test
  void whatAPutThatDiedLeftIsNotListedAndSwept() throws IOException {
    Files.createDirectories(directory.resolve("data/ab"));
    Files.write(directory.resolve("data/ab/.new-12345678"), new byte[100]);
    Storage storage = storage();

    assertThat(storage.list("data")).isEmpty();
    assertThat(storage.sweep("data")).isEqualTo(100);
    assertThat(directory.resolve("data/ab/.new-12345678")).doesNotExist();
  }
}
