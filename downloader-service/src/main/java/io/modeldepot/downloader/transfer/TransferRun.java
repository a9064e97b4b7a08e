package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.transfer.TransferProgress.InFlight;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One transfer while it runs: hands blocks to connections, finished blocks to the journal and to
 * the hashers, and collects outcomes. Its monitor guards all {@link FileWork}; nothing is read,
 * written, fetched or journaled while holding it.
 */
final class TransferRun {
  /**
   * How many ranges a connection may be ahead of the hasher: the one it fetches and one more. So
   * the hasher finds warm pages, and where processors are short, the connections leave it its share
   * instead of leaving it the work of half a gibibyte for the end.
   */
  private static final int RANGES_AHEAD = 2;

  private static final int MOST_SHOWN = 16;

  private final TransferSettings settings;
  private final BlockJournal journal;
  private final Executor hashers;
  private final CancelToken stop;
  private final List<FileWork> files;
  private final Deque<FileWork> pending;
  private final List<FileWork> begun = new ArrayList<>();
  private final LongAdder fetchedBytes = new LongAdder();
  private final LongAdder copiedBytes = new LongAdder();
  private final ProgressMeter meter = new ProgressMeter();
  private final RangeSize rangeSize = new RangeSize();
  private int connections;
  private int hashing;
  private @Nullable Throwable crash;

  TransferRun(
      List<FileTask> tasks,
      TransferSettings settings,
      BlockJournal journal,
      Executor hashers,
      CancelToken stop) {
    this.settings = settings;
    this.journal = journal;
    this.hashers = hashers;
    this.stop = stop;
    this.files = tasks.stream().map(FileWork::new).toList();
    this.pending = new ArrayDeque<>(files);
    this.connections = settings.connectionsPerJob();
    CancelToken.Registration unused = stop.onCancel(this::wake);
  }

  CancelToken stop() {
    return stop;
  }

  RangeSize rangeSize() {
    return rangeSize;
  }

  /**
   * What a connection does next; waits until there is something.
   *
   * @return empty when there will never be anything again
   */
  synchronized Optional<Lease> next() {
    while (!stop.isCancelled()) {
      begun.removeIf(work -> work.outcome().isPresent());
      int blocks = rangeSize.blocks();
      int window = RANGES_AHEAD * settings.connectionsPerJob() * blocks;
      for (FileWork work : begun) {
        Optional<Lease> lease = work.take(blocks, window, settings.connectionsPerJob());
        if (lease.isPresent()) {
          return lease;
        }
      }
      if (!pending.isEmpty() && begun.size() < settings.connectionsPerJob() + 4) {
        begin(pending.remove());
      } else if (pending.isEmpty() && begun.isEmpty()) {
        return Optional.empty();
      } else {
        await();
      }
    }
    return Optional.empty();
  }

  /** Whether the bytes of this lease are still of use. */
  synchronized boolean wanted(Lease lease) {
    return !stop.isCancelled() && !lease.revoked() && lease.file().outcome().isEmpty();
  }

  synchronized boolean fetching(FileWork work, int block) {
    return work.blocks.fetching(block);
  }

  synchronized Optional<Lease> insteadWhole(Lease lease) {
    Optional<Lease> whole = lease.file().insteadWhole(lease);
    notifyAll();
    return whole;
  }

  void fetched(long bytes) {
    fetchedBytes.add(bytes);
  }

  void copied(long bytes) {
    copiedBytes.add(bytes);
  }

  /** A piece that came in is not what the list says; one of them is wrong. */
  synchronized void mismatched(FileWork work, long at) {
    work.finish(
        new FileOutcome.Mismatched(
            work.task, "the pieces that its list names", "another piece before byte " + at));
    notifyAll();
  }

  /** The bytes of a block are in the part. */
  void blockDone(Lease lease, int block, int crc32c) throws IOException {
    journal.blockDone(lease.file().task, block, crc32c);
    synchronized (this) {
      if (!lease.revoked()) {
        lease.unfinishedBytes(0);
        lease.file().blocks.written(block, crc32c);
        hash(lease.file());
      }
    }
  }

  synchronized void end(Lease lease) {
    lease.file().end(lease);
    notifyAll();
  }

  /** The hub will not give this file. If trying later cannot help, the others need not go on. */
  void failed(FileWork work, HubFailure failure) {
    synchronized (this) {
      work.failed(failure);
      notifyAll();
    }
    if (!failure.isTransient() && !(failure instanceof HubFailure.Changed)) {
      stop.cancel();
    }
  }

  /** The volume does not take or give bytes; that concerns every file. */
  void failed(FileWork work, IOException cause) {
    synchronized (this) {
      work.finish(new FileOutcome.Failed(work.task, atVolume(work, cause)));
      notifyAll();
    }
    stop.cancel();
  }

  void crashed(Throwable cause) {
    synchronized (this) {
      crash = crash == null ? cause : crash;
    }
    stop.cancel();
  }

  synchronized void connectionEnded() {
    connections--;
    notifyAll();
  }

  /**
   * Waits a while.
   *
   * @return whether everything has ended
   */
  synchronized boolean awaitEnd(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (connections > 0 || hashing > 0) {
      // Rounded up: the last part of a millisecond is to be waited, not spun away.
      long leftMillis = Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L);
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /** What came of it, once all has ended. A fault of ours is thrown here. */
  synchronized List<FileOutcome> outcomes() {
    files.forEach(FileWork::close);
    if (crash != null) {
      throw new IllegalStateException("A transfer broke", crash);
    }
    return files.stream()
        .map(work -> work.outcome().orElseGet(() -> new FileOutcome.Stopped(work.task)))
        .toList();
  }

  /** Where it is, as shown while it runs: what is done does not become less. */
  synchronized TransferProgress progress() {
    return progress(FileWork::shownBytes);
  }

  /** Where it ended, to the byte. */
  synchronized TransferProgress last() {
    return progress(FileWork::doneBytes);
  }

  private TransferProgress progress(ToLongFunction<FileWork> doneBytes) {
    long fetched = fetchedBytes.sum();
    meter.sample(settings.time().nanos(), fetched);
    long total = files.stream().mapToLong(work -> work.task.sizeBytes()).sum();
    long done = files.stream().mapToLong(doneBytes).sum();
    return new TransferProgress(
        total,
        done,
        files.stream().mapToLong(FileWork::reusedBytes).sum(),
        copiedBytes.sum(),
        fetched,
        files.size(),
        (int) files.stream().filter(FileWork::verified).count(),
        meter.bytesPerSecond(),
        meter.etaSeconds(total - done),
        begun.stream()
            .filter(work -> work.outcome().isEmpty())
            .limit(MOST_SHOWN)
            .map(w -> new InFlight(w.task.path(), w.task.sizeBytes(), doneBytes.applyAsLong(w)))
            .toList());
  }

  private void begin(FileWork work) {
    begun.add(work);
    try {
      work.open();
      hash(work);
    } catch (IOException e) {
      failed(work, e);
    }
  }

  /** Sets a hasher on the file unless one is at it or there is nothing to hash. Holds the lock. */
  private void hash(FileWork work) {
    if (!stop.isCancelled() && work.tryBeginHashing()) {
      hashing++;
      try {
        hashers.execute(() -> hashOneBlock(work));
      } catch (RejectedExecutionException e) {
        hashing--;
        work.endHashing();
      }
    }
    notifyAll();
  }

  /** One block, then back into the queue, so that several files share the hashing threads. */
  private void hashOneBlock(FileWork work) {
    try {
      Optional<Integer> block;
      boolean compare;
      synchronized (this) {
        block = work.blocks.hashable();
        compare = block.isPresent() && work.blocks.inherited(block.get());
      }
      if (block.isPresent()) {
        digest(work, block.get(), compare);
      }
    } catch (IOException e) {
      failed(work, e);
    } catch (RuntimeException | Error e) {
      crashed(e);
    } finally {
      hashed(work);
    }
  }

  private void digest(FileWork work, int block, boolean compare) throws IOException {
    long from = work.blocks.from(block);
    long to = work.blocks.to(block);
    boolean good = true;
    if (compare) {
      good = work.digests.feedCompared(work.part(), from, to, work.blocks.crc32c(block));
    } else {
      work.digests.feed(work.part(), from, to);
    }
    synchronized (this) {
      if (good) {
        work.blocks.hashed(block);
      } else {
        work.lost(block);
      }
    }
  }

  private synchronized void hashed(FileWork work) {
    if (work.outcome().isEmpty() && work.blocks.allHashed()) {
      work.finish(work.verdict());
      work.close();
    }
    work.endHashing();
    hashing--;
    hash(work);
  }

  private static TransferFailure atVolume(FileWork work, IOException cause) {
    return full(cause)
        ? new TransferFailure.NoSpace("The volume is full: " + work.task.path() + " does not fit.")
        : new TransferFailure.AtVolume(
            "The part of " + work.task.path() + " cannot be read or written.",
            cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }

  /** Parts are written through channels of the JDK, which have words only; journals are not. */
  private static boolean full(IOException cause) {
    if (cause instanceof FileCallFailed refused) {
      return refused.errno().noSpace();
    }
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("no space left") || said.contains("quota exceeded");
  }

  private synchronized void wake() {
    notifyAll();
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      stop.cancel();
    }
  }
}
