package io.modeldepot.store.chunk;

/**
 * Cuts where the content says so: bytes that move keep their cuts. A gear hash over the last 64
 * bytes, pieces of a quarter to four times the average, and FastCDC's two masks, which draw the
 * lengths to the average.
 *
 * <p>Source: Xia et al., FastCDC, USENIX ATC 2016, with normalisation level 1.
 */
final class GearCuts implements Cuts {
  private static final long[] GEAR = gear();

  private final int leastBytes;
  private final int averageBytes;
  private final int mostBytes;
  private final long rareMask;
  private final long oftenMask;
  private long hash;
  private int length;
  private boolean atCut;

  /**
   * @param averageBytes a power of two
   */
  GearCuts(int averageBytes) {
    if (Integer.bitCount(averageBytes) != 1 || averageBytes < 1024) {
      throw new IllegalArgumentException("Not a power of two from 1024: " + averageBytes);
    }
    int bits = Integer.numberOfTrailingZeros(averageBytes);
    this.leastBytes = averageBytes / 4;
    this.averageBytes = averageBytes;
    this.mostBytes = averageBytes * 4;
    this.rareMask = -1L << (64 - bits - 1);
    this.oftenMask = -1L << (64 - bits + 1);
  }

  @Override
  public int take(byte[] bytes, int offset, int count) {
    if (atCut) {
      hash = 0;
      length = 0;
      atCut = false;
    }
    int passed = Math.min(count, Math.max(0, leastBytes - 64 - length));
    length += passed;
    int at = offset + passed;
    int end = offset + count;
    long rolling = hash;
    while (at < end) {
      rolling = (rolling << 1) + GEAR[bytes[at++] & 0xFF];
      length++;
      if (length >= leastBytes
          && ((rolling & (length < averageBytes ? rareMask : oftenMask)) == 0
              || length == mostBytes)) {
        atCut = true;
        break;
      }
    }
    hash = rolling;
    return at - offset;
  }

  @Override
  public boolean isAtCut() {
    return atCut;
  }

  /** Numbers that look random and are the same for ever: SplitMix64 from 1. */
  private static long[] gear() {
    long[] gear = new long[256];
    long state = 1;
    for (int i = 0; i < gear.length; i++) {
      state += 0x9E3779B97F4A7C15L;
      long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
      gear[i] = mixed ^ mixed >>> 31;
    }
    return gear;
  }
}
