package io.modeldepot.downloader.transfer;

import io.modeldepot.events.terms.Blocks;

/**
 * How many blocks one request asks for. A request costs the time until its first byte, in which the
 * connection carries nothing; asking for more at once makes that cost small. Asking for less keeps
 * the connections close together in the file, and so the hasher close behind them. So: as few
 * blocks as keep the wait under a twentieth of the whole, at most 4 (64 MiB).
 */
final class RangeSize {
  static final int MOST_BLOCKS = 4;
  private static final double WAIT_SHARE = 1.0 / 20;
  private static final double NEWEST_SHARE = 0.3;

  private double firstByteSeconds;
  private double bytesPerSecond;

  /** Learns from a range that was fetched. */
  synchronized void learn(long firstByteNanos, long bytes, long nanos) {
    if (nanos <= 0 || bytes <= 0) {
      return;
    }
    double rate = bytes / (nanos / 1e9);
    boolean first = bytesPerSecond == 0;
    firstByteSeconds = first ? firstByteNanos / 1e9 : mix(firstByteSeconds, firstByteNanos / 1e9);
    bytesPerSecond = first ? rate : mix(bytesPerSecond, rate);
  }

  synchronized int blocks() {
    double wanted = firstByteSeconds * bytesPerSecond / WAIT_SHARE / Blocks.SIZE_BYTES;
    return (int) Math.clamp(Math.ceil(wanted), 1.0, MOST_BLOCKS);
  }

  private static double mix(double old, double newest) {
    return old + (newest - old) * NEWEST_SHARE;
  }
}
