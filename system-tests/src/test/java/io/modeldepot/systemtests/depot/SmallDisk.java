package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file system of its own in memory; where nobody may mount one, a folder of the usual disk. */
public final class SmallDisk implements AutoCloseable {
  private final Path root;
  private final Shell shell;
  private final Shell.Result mounting;

  private SmallDisk(Path root, int mebibytes) {
    this.root = root;
    this.shell = new Shell(Path.of("/"), Map.of("DISK", root.toString()));
    this.mounting =
        shell.run("mount -t tmpfs -o size=%dm,mode=0755 tmpfs \"$DISK\"".formatted(mebibytes));
    if (isSmall()) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }
  }

  /** One of so many MiB. */
  public static SmallDisk of(int mebibytes) {
    return new SmallDisk(Repository.newDataFolder("disk"), mebibytes);
  }

  /** Whether it is what its name says. */
  public boolean isSmall() {
    return mounting.exit() == 0;
  }

  /** Why it is not. */
  public String why() {
    return "No file system could be mounted here (" + mounting.err().strip() + ").";
  }

  /** Where it is mounted. */
  public Path root() {
    return root;
  }

  /** What a file may still take. */
  public long usableBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills it to the last byte with a file of somebody else's. */
  public Path fill() {
    Path file = root.resolve("of-somebody-else");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] bytes = new byte[4096];
      while (true) {
        out.write(bytes);
      }
    } catch (IOException full) {
      return file;
    }
  }

  @Override
  public void close() {
    Shell.Result unused = shell.run("mountpoint -q \"$DISK\" && umount -l \"$DISK\"");
  }
}
