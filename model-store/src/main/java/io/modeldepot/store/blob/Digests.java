package io.modeldepot.store.blob;

import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** The digests of a file on the volume. */
public final class Digests {
  /** Fits the caches of a core; larger ones are slower. */
  private static final int BUFFER_BYTES = 128 << 10;

  private Digests() {}

  /** Reads a whole file once. Without git's id. */
  public static FileDigests of(FileCalls calls, Path file) throws IOException {
    return of(calls, file, bytes -> {});
  }

  /**
   * Reads a whole file once.
   *
   * @param progress told how many bytes were read, piece by piece; may throw to stop
   */
  public static FileDigests of(FileCalls calls, Path file, LongConsumer progress)
      throws IOException {
    try (OpenFile open = calls.openForReading(file)) {
      Digester digester = Digester.sha256(open.size());
      feed(open, digester, progress);
      return digester.finish();
    }
  }

  private static void feed(OpenFile open, Digester digester, LongConsumer progress)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long at = 0;
    while (true) {
      buffer.clear();
      int read = open.read(buffer, at);
      if (read == 0) {
        return;
      }
      digester.update(buffer.array(), 0, read);
      at += read;
      progress.accept(read);
    }
  }
}
