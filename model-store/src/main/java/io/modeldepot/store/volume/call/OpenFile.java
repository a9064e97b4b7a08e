package io.modeldepot.store.volume.call;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Reads and writes name their position, so that several threads may use one file at
 * once. The holder closes it. An interrupt of a thread inside a call closes the file.
 */
public interface OpenFile extends AutoCloseable {
  /**
   * Writes all remaining bytes at a position; the file grows as needed. Direct buffers are written
   * without a copy.
   *
   * @throws FileCallFailed with the errno; some bytes may have been written
   */
  void write(ByteBuffer bytes, long position) throws IOException;

  /**
   * Reads until the buffer is full or the file ends.
   *
   * @return how many bytes were read; 0 at the end of the file
   */
  int read(ByteBuffer into, long position) throws IOException;

  /** Length in bytes. */
  long size() throws IOException;

  /** Waits until content and length are on the device. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
