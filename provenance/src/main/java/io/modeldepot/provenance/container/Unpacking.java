package io.modeldepot.provenance.container;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Packed bytes, unpacked while they are read. Where they are damaged the stream ends, as if there
 * were no more: a checksum hides nothing. Closing it frees the native memory.
 */
public final class Unpacking extends FilterInputStream {
  private static final int BUFFER_BYTES = 8192;
  private final Inflater own;
  private long left;
  private boolean ended;

  private Unpacking(InputStream in, Inflater own, long mostBytes) {
    super(in);
    this.own = own;
    left = mostBytes;
  }

  /** Deflate without a header, as in ZIP. */
  public static Unpacking deflated(Bytes packed, long mostBytes) {
    return inflated(packed, new Inflater(true), mostBytes);
  }

  /** Deflate with the header of zlib, as joblib writes. */
  public static Unpacking zlib(Bytes packed, long mostBytes) {
    return inflated(packed, new Inflater(), mostBytes);
  }

  /**
   * gzip, with all its members.
   *
   * @throws IOException if the header is none
   */
  public static Unpacking gzip(Bytes packed, long mostBytes) throws IOException {
    return new Unpacking(
        new GZIPInputStream(packed.stream(), BUFFER_BYTES), new Inflater(), mostBytes);
  }

  private static Unpacking inflated(Bytes packed, Inflater inflater, long mostBytes) {
    InputStream in = new InflaterInputStream(packed.stream(), inflater, BUFFER_BYTES);
    return new Unpacking(in, inflater, mostBytes);
  }

  /** Whether the stream ended because it became longer than it may. */
  public boolean becameTooLong() {
    return left <= 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended || left <= 0) {
      return -1;
    }
    try {
      int count = super.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      ended = count < 0;
      return count;
    } catch (ZipException | EOFException e) {
      ended = true;
      return -1;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[BUFFER_BYTES];
    int read = read(passed, 0, (int) Math.min(passed.length, count));
    return Math.max(0, read);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      own.end();
    }
  }
}
