package io.modeldepot.systemtests.chaos;

import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.SmallDisk;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The volume on a disk of its own that fills up and is unmounted. Where nothing may be mounted it
 * is a folder, with which neither can be done.
 */
final class Ground implements AutoCloseable {
  private static final int MEBIBYTES = 1_536;

  private final SmallDisk disk = SmallDisk.of(MEBIBYTES);
  private final Path models;
  private final Shell shell;
  private @Nullable Path filler;

  Ground() throws IOException {
    this.models = Repository.newDataFolder("mounted");
    Path behind = Files.createDirectories(disk.root().resolve("models"));
    this.shell =
        new Shell(Path.of("/"), Map.of("BEHIND", behind.toString(), "MODELS", models.toString()));
    if (disk.isSmall()) {
      mount();
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }
  }

  Path models() {
    return models;
  }

  /** Whether it can be full and gone; else why not. */
  Optional<String> cannot() {
    return disk.isSmall() ? Optional.empty() : Optional.of(disk.why());
  }

  /** To the last byte. */
  void fill() {
    filler = disk.fill();
  }

  void clear() throws IOException {
    if (filler != null) {
      Files.deleteIfExists(filler);
      filler = null;
    }
  }

  /** As {@code umount -l}: what is open stays open, what is looked for is not there. */
  void unmount() {
    shell.run("umount -l \"$MODELS\"").ok();
  }

  void mount() {
    shell.run("mount --bind \"$BEHIND\" \"$MODELS\"").ok();
  }

  @Override
  public void close() {
    Shell.Result unused =
        shell.run("while mountpoint -q \"$MODELS\"; do umount -l \"$MODELS\"; done");
    disk.close();
  }
}
