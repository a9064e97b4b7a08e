package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.BlockReader;
import io.modeldepot.backup.pack.Location;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.snapshot.SavedContent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Brings the blocks of contents in order, several unpacked ahead. For one thread that asks. */
final class BlockFetch implements AutoCloseable {
  private final BlockIndex index;
  private final ExecutorService pool;
  private final BlockingQueue<BlockReader> readers = new LinkedBlockingQueue<>();
  private final int ahead;

  BlockFetch(Repository repository, BlockIndex index, int threads) {
    this.index = index;
    this.ahead = threads + 1;
    this.pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("unpack-", 1).factory());
    for (int i = 0; i < threads; i++) {
      readers.add(repository.reader());
    }
  }

  /** Is given blocks in order. */
  interface Taker {
    /** The next block; the array is the taker's. */
    void take(byte[] block) throws IOException;
  }

  /**
   * Gives a content's blocks in order.
   *
   * @throws io.modeldepot.backup.pack.DamagedObject if one of them is not what it was
   */
  void each(SavedContent content, Taker taker) throws IOException, InterruptedException {
    Deque<Future<byte[]>> coming = new ArrayDeque<>();
    Iterator<BlockId> ids = content.blocks().iterator();
    try {
      while (ids.hasNext() || !coming.isEmpty()) {
        while (ids.hasNext() && coming.size() < ahead) {
          BlockId id = ids.next();
          coming.add(pool.submit(() -> read(id)));
        }
        taker.take(result(coming.removeFirst()));
      }
    } finally {
      coming.forEach(one -> one.cancel(false));
    }
  }

  private byte[] read(BlockId id) throws IOException, InterruptedException {
    Location at = index.require(id);
    BlockReader reader = readers.take();
    try {
      return reader.read(id, at);
    } finally {
      readers.add(reader);
    }
  }

  private static byte[] result(Future<byte[]> one) throws IOException, InterruptedException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IllegalStateException("A block was not unpacked.", e);
      }
    }
  }

  @Override
  public void close() {
    pool.shutdown();
    try {
      boolean unused = pool.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readers.forEach(BlockReader::close);
  }
}
