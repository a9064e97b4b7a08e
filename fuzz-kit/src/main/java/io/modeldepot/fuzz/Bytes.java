package io.modeldepot.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Bends bytes without a look at what they mean: the changes that coverage fuzzers make. */
final class Bytes {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    2,
    7,
    8,
    16,
    64,
    127,
    128,
    255,
    256,
    4_095,
    4_096,
    32_767,
    32_768,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFF_FFFFL,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final RandomGenerator random;
  private final List<byte[]> words;
  private final int longest;

  Bytes(RandomGenerator random, List<byte[]> words, int longest) {
    this.random = random;
    this.words = words;
    this.longest = longest;
  }

  /** One to eight changes; {@code other} is an input to take pieces of. */
  byte[] bend(byte[] input, byte[] other) {
    byte[] bent = input;
    for (int left = 1 << random.nextInt(4); left > 0; left--) {
      bent = once(bent, other);
    }
    return bent.length > longest ? Arrays.copyOf(bent, longest) : bent;
  }

  private byte[] once(byte[] in, byte[] other) {
    if (in.length == 0) {
      return word();
    }
    int at = random.nextInt(in.length);
    return switch (random.nextInt(10)) {
      case 0 -> changed(in, at, (byte) (in[at] ^ 1 << random.nextInt(8)));
      case 1 -> changed(in, at, (byte) random.nextInt(256));
      case 2 -> Arrays.copyOf(in, at);
      case 3 -> replaced(in, at, piece(in.length - at), new byte[0]);
      case 4 -> replaced(in, at, 0, slice(in, random.nextInt(in.length)));
      case 5 -> replaced(in, at, 0, slice(other, random.nextInt(other.length + 1)));
      case 6 -> replaced(in, at, 0, word());
      case 7 -> replaced(in, at, piece(in.length - at), word());
      case 8 -> edge(in, at);
      default -> number(in, at);
    };
  }

  private static byte[] changed(byte[] in, int at, byte to) {
    byte[] out = in.clone();
    out[at] = to;
    return out;
  }

  /** Mostly short pieces, now and then a long one. */
  private int piece(int most) {
    return most == 0 ? 0 : 1 + random.nextInt(random.nextInt(4) == 0 ? most : Math.min(most, 16));
  }

  private byte[] slice(byte[] in, int at) {
    return Arrays.copyOfRange(in, at, at + piece(in.length - at));
  }

  private byte[] word() {
    return words.isEmpty()
        ? new byte[] {(byte) random.nextInt(256)}
        : words.get(random.nextInt(words.size()));
  }

  private static byte[] replaced(byte[] in, int at, int length, byte[] by) {
    byte[] out = new byte[in.length - length + by.length];
    System.arraycopy(in, 0, out, 0, at);
    System.arraycopy(by, 0, out, at, by.length);
    System.arraycopy(in, at + length, out, at + by.length, in.length - at - length);
    return out;
  }

  /**
   * A value at the edge of its type, of 1, 2, 4 or 8 bytes in either order, over what was there.
   */
  private byte[] edge(byte[] in, int at) {
    int width = 1 << random.nextInt(4);
    long value = EDGES[random.nextInt(EDGES.length)];
    boolean little = random.nextBoolean();
    byte[] out = in.clone();
    for (int i = 0; i < width && at + i < out.length; i++) {
      out[at + i] = (byte) (value >>> 8 * (little ? i : width - 1 - i));
    }
    return out;
  }

  /** Digits at or after {@code at} become another number, as text. */
  private byte[] number(byte[] in, int at) {
    int from = at;
    while (from < in.length && !isDigit(in[from])) {
      from++;
    }
    int to = from;
    while (to < in.length && isDigit(in[to])) {
      to++;
    }
    if (from == to) {
      return edge(in, at);
    }
    String value =
        random.nextInt(8) == 0 ? "1e999" : Long.toString(EDGES[random.nextInt(EDGES.length)]);
    return replaced(in, from, to - from, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
