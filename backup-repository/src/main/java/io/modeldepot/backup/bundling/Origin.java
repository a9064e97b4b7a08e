package io.modeldepot.backup.bundling;

import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where the bytes of a content come from. */
public sealed interface Origin {
  /** Reads them from a position on. */
  @FunctionalInterface
  interface Reader {
    /** Until the buffer is full or the content ends; 0 at its end. */
    int read(ByteBuffer into, long position) throws IOException;
  }

  /** Something that is done with them while they are open. */
  @FunctionalInterface
  interface Use {
    /** Does it. */
    void with(Reader reader) throws IOException;
  }

  /** Opens them, uses them, closes them. */
  void use(FileCalls calls, Use use) throws IOException;

  /** Made here. */
  record Made(byte[] bytes) implements Origin {
    @Override
    public void use(FileCalls calls, Use use) throws IOException {
      use.with(
          (into, position) -> {
            int length = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, length);
            return length;
          });
    }
  }

  /** A file of the volume. */
  record OnVolume(Path file) implements Origin {
    @Override
    public void use(FileCalls calls, Use use) throws IOException {
      try (OpenFile open = calls.openForReading(file)) {
        use.with(open::read);
      }
    }
  }
}
