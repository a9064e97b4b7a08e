package io.modeldepot.store.volume;

import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Small files, whole or not at all. */
public final class SafeFile {
  private static final int LARGEST_BYTES = 64 << 20;

  private SafeFile() {}

  /**
   * Puts a file in place: written under another name, synced, renamed, its directory synced. After
   * a crash there is the old file or the new one. A temporary file that a failed attempt left is
   * replaced.
   *
   * @param temporary on the same file system; inside a claim it ties the change to the claim
   */
  public static void replace(FileCalls calls, Path temporary, Path file, byte[] content, int mode)
      throws IOException {
    if (calls.stat(temporary).isPresent()) {
      calls.unlink(temporary);
    }
    write(calls, temporary, content, mode);
    calls.rename(temporary, file);
    calls.syncDirectory(parent(file));
  }

  /** Makes a new file and syncs its content, not its directory. */
  public static void write(FileCalls calls, Path file, byte[] content, int mode)
      throws IOException {
    try (OpenFile open = calls.create(file, mode)) {
      open.write(ByteBuffer.wrap(content), 0);
      open.sync();
    }
  }

  /** A whole file of at most 64 MiB. */
  public static byte[] read(FileCalls calls, Path file) throws IOException {
    try (OpenFile open = calls.openForReading(file)) {
      long size = open.size();
      if (size > LARGEST_BYTES) {
        throw new IOException(file + " is too large to be read at once: " + size + " bytes");
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      int read = open.read(content, 0);
      byte[] bytes = content.array();
      return read == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, read);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
