package io.modeldepot.provenance.container;

import java.io.IOException;

/**
 * A part of other bytes.
 *
 * @param whole what it is cut from
 * @param from where it begins
 * @param size how long it is
 */
record Slice(Bytes whole, long from, long size) implements Bytes {
  static Slice of(Bytes whole, long from, long length) {
    long begin = Math.max(0, Math.min(from, whole.size()));
    return new Slice(whole, begin, Math.max(0, Math.min(length, whole.size() - begin)));
  }

  @Override
  public int read(long at, byte[] into, int offset, int length) throws IOException {
    long left = size - at;
    return left <= 0 ? 0 : whole.read(from + at, into, offset, (int) Math.min(length, left));
  }
}
