package io.modeldepot.store.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Groups bytes by their place in a number and back. Plane k has the bytes at the positions that
 * leave the rest k; planes follow each other from 0; bytes after the last whole number stay at the
 * end. Eight bytes are handled at once by the processor's bit gather and scatter.
 */
final class Planes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVEN = 0x00FF00FF00FF00FFL;
  private static final long FOURTH = 0x000000FF000000FFL;

  private Planes() {}

  /** Groups {@code length} bytes from a position; the result begins at 0. */
  static void group(byte[] raw, int from, int length, int planes, byte[] grouped) {
    int each = length / planes;
    if (planes == 2) {
      groupTwo(raw, from, each, grouped);
    } else {
      groupFour(raw, from, each, grouped);
    }
    int whole = each * planes;
    System.arraycopy(raw, from + whole, grouped, whole, length - whole);
  }

  /** The reverse of {@link #group}, from a position to a position. */
  static void ungroup(byte[] grouped, int length, int planes, byte[] raw) {
    int each = length / planes;
    if (planes == 2) {
      ungroupTwo(grouped, each, raw);
    } else {
      ungroupFour(grouped, each, raw);
    }
    int whole = each * planes;
    System.arraycopy(grouped, whole, raw, whole, length - whole);
  }

  private static void groupTwo(byte[] raw, int from, int each, byte[] grouped) {
    int at = 0;
    for (; at + 4 <= each; at += 4) {
      long eight = (long) LONG.get(raw, from + 2 * at);
      INT.set(grouped, at, (int) Long.compress(eight, EVEN));
      INT.set(grouped, each + at, (int) Long.compress(eight >>> 8, EVEN));
    }
    for (; at < each; at++) {
      grouped[at] = raw[from + 2 * at];
      grouped[each + at] = raw[from + 2 * at + 1];
    }
  }

  private static void ungroupTwo(byte[] grouped, int each, byte[] raw) {
    int at = 0;
    for (; at + 4 <= each; at += 4) {
      long low = Long.expand((int) INT.get(grouped, at) & 0xFFFFFFFFL, EVEN);
      long high = Long.expand((int) INT.get(grouped, each + at) & 0xFFFFFFFFL, EVEN);
      LONG.set(raw, 2 * at, low | high << 8);
    }
    for (; at < each; at++) {
      raw[2 * at] = grouped[at];
      raw[2 * at + 1] = grouped[each + at];
    }
  }

  private static void groupFour(byte[] raw, int from, int each, byte[] grouped) {
    int at = 0;
    for (; at + 2 <= each; at += 2) {
      long eight = (long) LONG.get(raw, from + 4 * at);
      for (int plane = 0; plane < 4; plane++) {
        SHORT.set(grouped, plane * each + at, (short) Long.compress(eight >>> (8 * plane), FOURTH));
      }
    }
    for (; at < each; at++) {
      for (int plane = 0; plane < 4; plane++) {
        grouped[plane * each + at] = raw[from + 4 * at + plane];
      }
    }
  }

  private static void ungroupFour(byte[] grouped, int each, byte[] raw) {
    int at = 0;
    for (; at + 2 <= each; at += 2) {
      long eight = 0;
      for (int plane = 0; plane < 4; plane++) {
        long two = (short) SHORT.get(grouped, plane * each + at) & 0xFFFFL;
        eight |= Long.expand(two, FOURTH) << (8 * plane);
      }
      LONG.set(raw, 4 * at, eight);
    }
    for (; at < each; at++) {
      for (int plane = 0; plane < 4; plane++) {
        raw[4 * at + plane] = grouped[plane * each + at];
      }
    }
  }
}
