package io.modeldepot.backup.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Gzip by several threads: pieces of 1 MiB, each a member of its own, one after the other (RFC
 * 1952, 2.2), which every gzip reads as one file.
 */
final class ParallelGzip extends OutputStream {
  private static final int PIECE_BYTES = 1 << 20;

  private final OutputStream out;
  private final ExecutorService pool;
  private final int ahead;
  private final Deque<Future<byte[]>> packing = new ArrayDeque<>();
  private byte[] piece = new byte[PIECE_BYTES];
  private int filled;
  private boolean closed;

  ParallelGzip(OutputStream out, int threads) {
    this.out = out;
    this.ahead = 2 * threads;
    this.pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("gzip-", 1).factory());
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int here = Math.min(left, PIECE_BYTES - filled);
      System.arraycopy(bytes, from, piece, filled, here);
      filled += here;
      from += here;
      left -= here;
      if (filled == PIECE_BYTES) {
        cut();
      }
    }
  }

  private void cut() throws IOException {
    byte[] full = piece;
    int length = filled;
    piece = new byte[PIECE_BYTES];
    filled = 0;
    packing.add(pool.submit(() -> packed(full, length)));
    if (packing.size() > ahead) {
      out.write(result(packing.removeFirst()));
    }
  }

  private static byte[] packed(byte[] raw, int length) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(length);
    try (GZIPOutputStream gzip = new FastGzip(packed)) {
      gzip.write(raw, 0, length);
    }
    return packed.toByteArray();
  }

  /** At its fastest: higher levels gain little on weights and cost a multiple. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static byte[] result(Future<byte[]> one) throws IOException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new IOException("A piece could not be packed.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while packing");
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      if (filled > 0) {
        cut();
      }
      while (!packing.isEmpty()) {
        out.write(result(packing.removeFirst()));
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
