package io.modeldepot.provenance.container;

import java.io.IOException;
import java.io.InputStream;

/** Bytes in order. */
final class BytesStream extends InputStream {
  private final Bytes bytes;
  private long at;

  BytesStream(Bytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = bytes.read(at, into, offset, length);
    at += count;
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, bytes.size() - at));
    at += skipped;
    return skipped;
  }
}
