package io.modeldepot.backup.save;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.PackWriter;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Reads blocks, and packs those that the repository does not have; several at once. */
final class BlockPacking implements AutoCloseable {
  private final Seal seal;
  private final BlockIndex index;
  private final PackWriter packs;
  private final ExecutorService pool;
  private final Semaphore ahead;
  private final BlockingQueue<Bench> benches = new LinkedBlockingQueue<>();
  private final Set<BlockId> packed = ConcurrentHashMap.newKeySet();
  private final AtomicLong addedBytes = new AtomicLong();

  BlockPacking(Seal seal, BlockIndex index, PackWriter packs, int threads) {
    this.seal = seal;
    this.index = index;
    this.packs = packs;
    this.pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("pack-", 1).factory());
    this.ahead = new Semaphore(2 * threads);
    for (int i = 0; i < threads; i++) {
      benches.add(new Bench());
    }
  }

  /** What one thread works with. */
  private static final class Bench {
    private byte[] raw = new byte[0];
    private final FrameEncoder encoder = new FrameEncoder();

    byte[] room(int bytes) {
      if (raw.length < bytes) {
        raw = new byte[bytes];
      }
      return raw;
    }
  }

  /**
   * Reads and packs a block of an open file; waits while too many are under way.
   *
   * @param crc32c what the block must have, where it is known
   */
  Future<BlockId> block(OpenFile file, long at, int length, Optional<Integer> crc32c)
      throws InterruptedException {
    ahead.acquire();
    try {
      return pool.submit(
          () -> {
            Bench bench = benches.take();
            try {
              byte[] raw = bench.room(length);
              read(file, at, raw, length, crc32c);
              return pack(bench, raw, length);
            } finally {
              benches.add(bench);
              ahead.release();
            }
          });
    } catch (RuntimeException e) {
      ahead.release();
      throw e;
    }
  }

  /** Packs a block that is at hand. */
  BlockId block(byte[] bytes, int length) throws IOException, InterruptedException {
    Bench bench = benches.take();
    try {
      return pack(bench, bytes, length);
    } finally {
      benches.add(bench);
    }
  }

  private static void read(OpenFile file, long at, byte[] raw, int length, Optional<Integer> crc32c)
      throws IOException {
    int read = file.read(ByteBuffer.wrap(raw, 0, length), at);
    if (read != length) {
      throw new WrongBytes("it ends at byte " + (at + read));
    }
    if (crc32c.isPresent() && BlockCrcs.crc32c(ByteBuffer.wrap(raw, 0, length)) != crc32c.get()) {
      throw new WrongBytes("its bytes from " + at + " on are not those that were verified");
    }
  }

  private BlockId pack(Bench bench, byte[] raw, int length) throws IOException {
    BlockId id = seal.id(raw, length);
    if (index.find(id).isEmpty() && packed.add(id)) {
      addedBytes.addAndGet(packs.add(id, bench.encoder.encode(raw, length), length));
    }
    return id;
  }

  /** How many bytes were added to packs. */
  long addedBytes() {
    return addedBytes.get();
  }

  @Override
  public void close() {
    pool.shutdownNow();
    try {
      boolean unused = pool.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    benches.forEach(bench -> bench.encoder.close());
  }
}
