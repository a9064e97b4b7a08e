package io.modeldepot.backup.unpack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes out of the decompressor, with a limit on how much may come before somebody has looked:
 * a few bytes packed can be unpacked to more than any disk holds. Remembers whether it ended with
 * the empty blocks that end a tar.
 */
final class GuardedStream extends FilterInputStream {
  private static final int BLOCK = 512;

  private long budget;
  private long zerosInARow;

  GuardedStream(InputStream in) {
    super(in);
  }

  /** So many bytes may come from now on. */
  void allow(long bytes) {
    budget = bytes;
  }

  /** Whether the last bytes were an empty block: a tar that was not cut off ends so. */
  boolean endedWithAnEmptyBlock() {
    return zerosInARow >= BLOCK;
  }

  /** Reads to the end. */
  void drain() throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (read(buffer, 0, buffer.length) >= 0) {
      // Only its end matters, and whether the checksums of the compression hold.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      budget -= read;
      if (budget < 0) {
        throw new BadArchive(
            "It unpacks to more than its headers say.",
            "take only archives that you know; one made by  export  is never like this");
      }
      int end = offset + read;
      int zeros = 0;
      while (zeros < read && bytes[end - 1 - zeros] == 0) {
        zeros++;
      }
      zerosInARow = zeros == read ? zerosInARow + read : zeros;
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    byte[] buffer = new byte[1 << 16];
    while (skipped < count) {
      int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }
}
