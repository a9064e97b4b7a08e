package io.modeldepot.systemtests.depot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What disks do to files without telling anybody. */
public final class Rot {
  private Rot() {}

  /** Flips the lowest bit in the middle of a file; its length and its times by name stay. */
  public static void flip(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        long at = open.length() / 2;
        open.seek(at);
        int read = open.read();
        open.seek(at);
        open.write(read ^ 1);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
