package io.modeldepot.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0 over bytes that come in pieces. Ten times as fast as SHA-256 and no protection
 * against somebody who wants two pieces to look alike. Not safe for threads.
 *
 * <p>Source: the algorithm's specification, doc/xxhash_spec.md at github.com/Cyan4973/xxHash.
 */
public final class XxHash64 {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  /** The sum of the first two. */
  private static final long PRIMES_1_AND_2 = 0x60EA27EEADC0B5D6L;

  private static final int STRIPE_BYTES = 32;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] stripe = new byte[STRIPE_BYTES];
  private int waiting;
  private long total;
  private long first;
  private long second;
  private long third;
  private long fourth;

  /** A hash of nothing yet. */
  public XxHash64() {
    reset();
  }

  /** The digest of some bytes. */
  public static long of(byte[] bytes, int offset, int length) {
    XxHash64 hash = new XxHash64();
    hash.update(bytes, offset, length);
    return hash.value();
  }

  /** Begins anew. */
  public void reset() {
    waiting = 0;
    total = 0;
    first = PRIMES_1_AND_2;
    second = PRIME_2;
    third = 0;
    fourth = -PRIME_1;
  }

  /** The next bytes. */
  public void update(byte[] bytes, int offset, int length) {
    total += length;
    int at = offset;
    int end = offset + length;
    if (waiting > 0) {
      int missing = Math.min(STRIPE_BYTES - waiting, length);
      System.arraycopy(bytes, at, stripe, waiting, missing);
      waiting += missing;
      at += missing;
      if (waiting < STRIPE_BYTES) {
        return;
      }
      stripes(stripe, 0, STRIPE_BYTES);
      waiting = 0;
    }
    int whole = at + (end - at) / STRIPE_BYTES * STRIPE_BYTES;
    stripes(bytes, at, whole);
    waiting = end - whole;
    System.arraycopy(bytes, whole, stripe, 0, waiting);
  }

  private void stripes(byte[] bytes, int from, int to) {
    long a = first;
    long b = second;
    long c = third;
    long d = fourth;
    for (int at = from; at < to; at += STRIPE_BYTES) {
      a = round(a, (long) LONG.get(bytes, at));
      b = round(b, (long) LONG.get(bytes, at + 8));
      c = round(c, (long) LONG.get(bytes, at + 16));
      d = round(d, (long) LONG.get(bytes, at + 24));
    }
    first = a;
    second = b;
    third = c;
    fourth = d;
  }

  /** The digest of what came so far. */
  public long value() {
    long hash;
    if (total >= STRIPE_BYTES) {
      hash =
          Long.rotateLeft(first, 1)
              + Long.rotateLeft(second, 7)
              + Long.rotateLeft(third, 12)
              + Long.rotateLeft(fourth, 18);
      hash = merged(merged(merged(merged(hash, first), second), third), fourth);
    } else {
      hash = PRIME_5;
    }
    return avalanche(rest(hash + total));
  }

  private long rest(long start) {
    long hash = start;
    int at = 0;
    for (; at + 8 <= waiting; at += 8) {
      hash ^= round(0, (long) LONG.get(stripe, at));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (at + 4 <= waiting) {
      hash ^= ((int) INT.get(stripe, at) & 0xFFFFFFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    for (; at < waiting; at++) {
      hash ^= (stripe[at] & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return hash;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merged(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long value) {
    long hash = value;
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }
}
