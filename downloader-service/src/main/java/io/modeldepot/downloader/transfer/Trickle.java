package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.HubBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Reads from a body and notices when it only trickles. Only the time spent in reads counts: waiting
 * for the volume, the journal or the bandwidth cap is not the hub's fault.
 */
final class Trickle {
  /** How long a buffer may take to fill. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final long windowNanos;
  private final long minimumBytes;
  private long waitedNanos;
  private long bytes;
  private boolean tooSlow;

  Trickle(Duration window, long minimumBytes) {
    this.windowNanos = window.toNanos();
    this.minimumBytes = minimumBytes;
  }

  /**
   * Reads until the buffer is full, the body ends or it is too slow; from a slow hub only for
   * {@link #PATIENCE}, so that its progress is seen and a crash costs little.
   *
   * @return whether the body ended
   */
  boolean fill(ByteBuffer buffer, HubBody body) throws IOException {
    long filling = 0;
    while (buffer.hasRemaining() && !tooSlow && filling < PATIENCE.toNanos()) {
      long before = System.nanoTime();
      int read = body.read(buffer);
      if (read < 0) {
        return true;
      }
      long waited = System.nanoTime() - before;
      filling += waited;
      waitedNanos += waited;
      bytes += read;
      if (waitedNanos >= windowNanos) {
        tooSlow = bytes < minimumBytes;
        waitedNanos = 0;
        bytes = 0;
      }
    }
    return false;
  }

  /** Whether a whole window brought less than the minimum. */
  boolean tooSlow() {
    return tooSlow;
  }
}
