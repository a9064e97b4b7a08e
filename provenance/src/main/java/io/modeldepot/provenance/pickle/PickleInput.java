package io.modeldepot.provenance.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle in order, with the position in what they were cut from. Never holds more
 * than a buffer: what is not needed is skipped.
 */
public final class PickleInput {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int filled;
  private long position;
  private long limit = Long.MAX_VALUE;

  /**
   * @param in not closed here
   * @param position of the first byte, as findings shall state it
   */
  public PickleInput(InputStream in, long position) {
    this.in = in;
    this.position = position;
  }

  /** Offset of the byte that is read next. */
  public long position() {
    return position;
  }

  /**
   * Reads of the bytes before a position only, until the limit is set again.
   *
   * @return the limit that was
   */
  long limit(long end) {
    long before = limit;
    limit = Math.min(end, before);
    return before;
  }

  void restore(long before) {
    limit = before;
  }

  /** Whether there is a byte left. */
  public boolean hasNext() throws IOException {
    return position < limit && fill();
  }

  /** The next two bytes, not taken; fewer at the end. */
  public byte[] peek(int count) throws IOException {
    while (filled - next < count && refill()) {
      continue;
    }
    int there = (int) Math.min(Math.min(count, filled - next), limit - position);
    return java.util.Arrays.copyOfRange(buffer, next, next + Math.max(0, there));
  }

  int u1() throws IOException, BrokenPickle {
    if (!hasNext()) {
      throw BrokenPickle.because("It ends in the middle.");
    }
    position++;
    return buffer[next++] & 0xff;
  }

  int u2() throws IOException, BrokenPickle {
    int low = u1();
    return low | u1() << 8;
  }

  int i4() throws IOException, BrokenPickle {
    int low = u2();
    return low | u2() << 16;
  }

  long u4() throws IOException, BrokenPickle {
    return Integer.toUnsignedLong(i4());
  }

  /** A length of eight bytes; what is past all files ends the pickle. */
  long u8() throws IOException, BrokenPickle {
    byte[] bytes = new byte[8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) u1();
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0) {
      throw BrokenPickle.because("A length is past the end of all files.");
    }
    return length;
  }

  /** Passes over bytes, which must be there. */
  void skip(long count) throws IOException, BrokenPickle {
    if (count > limit - position) {
      throw BrokenPickle.because("It ends in the middle.");
    }
    long left = count;
    int buffered = (int) Math.min(left, filled - next);
    next += buffered;
    position += buffered;
    left -= buffered;
    try {
      in.skipNBytes(left);
    } catch (java.io.EOFException e) {
      throw BrokenPickle.because("It ends in the middle.");
    }
    position += left;
  }

  /**
   * A text of known length.
   *
   * @return at most {@code keep} of its bytes; the rest is passed over
   */
  byte[] take(long length, int keep) throws IOException, BrokenPickle {
    if (length > limit - position) {
      throw BrokenPickle.because("It ends in the middle.");
    }
    byte[] kept = new byte[(int) Math.min(length, keep)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (byte) u1();
    }
    skip(length - kept.length);
    return kept;
  }

  /**
   * The rest of a line, without its end. As Python reads it, a line ends at a line feed only.
   *
   * @return at most {@code keep} bytes of it as Latin-1, with an ellipsis where it was longer
   */
  String line(int keep) throws IOException, BrokenPickle {
    StringBuilder line = new StringBuilder();
    boolean longer = false;
    for (int c = u1(); c != '\n'; c = u1()) {
      if (line.length() < keep) {
        line.append((char) c);
      } else {
        longer = true;
      }
    }
    return longer ? line + "…" : line.toString();
  }

  /** A line as UTF-8. */
  String utf8Line(int keep) throws IOException, BrokenPickle {
    String raw = line(keep);
    boolean cut = raw.endsWith("…");
    String bytes = cut ? raw.substring(0, raw.length() - 1) : raw;
    String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return cut ? text + "…" : text;
  }

  private boolean fill() throws IOException {
    return next < filled || refill();
  }

  private boolean refill() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, filled - next);
      filled -= next;
      next = 0;
    }
    if (filled == buffer.length) {
      return false;
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count <= 0) {
      return false;
    }
    filled += count;
    return true;
  }
}
