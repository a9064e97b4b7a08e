package io.modeldepot.provenance.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes that can be read at any place. Nothing is taken into memory before it is asked for. */
public interface Bytes {
  /** How many there are. */
  long size();

  /**
   * Reads at a place.
   *
   * @return how many bytes were read, fewer only at the end, 0 past it
   */
  int read(long at, byte[] into, int offset, int length) throws IOException;

  /** Some bytes; fewer at the end. */
  default byte[] copy(long at, int length) throws IOException {
    byte[] copy = new byte[(int) Math.max(0, Math.min(length, size() - at))];
    int count = read(at, copy, 0, copy.length);
    return count == copy.length ? copy : Arrays.copyOf(copy, count);
  }

  /** A part of them, cut off at the end of these. */
  default Bytes slice(long from, long length) {
    return Slice.of(this, from, length);
  }

  /** All of them in order. Skipping costs nothing. */
  default InputStream stream() {
    return new BytesStream(this);
  }
}
