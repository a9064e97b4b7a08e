package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.pace.CancelToken;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Runs transfers. One engine per process: it bounds connections and bandwidth over all of them.
 * Safe for many threads.
 *
 * <p>Connections are threads of the machine: at the speed of a fast disk they hardly wait, and cost
 * less so. Hashing has one a core, as it never waits.
 */
public final class TransferEngine implements AutoCloseable {
  private final TransferSettings settings;
  private final Semaphore slots;
  private final ExecutorService hashers;
  private final CancelToken closed = new CancelToken();

  private TransferEngine(TransferSettings settings) {
    this.settings = settings;
    this.slots = new Semaphore(settings.connectionsInAll(), true);
    this.hashers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().name("hash-", 0).daemon().factory());
  }

  public static TransferEngine start(TransferSettings settings) {
    return new TransferEngine(settings);
  }

  /**
   * Brings the files in and returns when each has an outcome. Blocks the calling thread, on which
   * {@code progress} is told.
   *
   * <p>Runs again after any end, also a kill, with what the journal kept: blocks that are there and
   * unharmed are not fetched again. Interrupting the caller is cancelling. A permanent failure or a
   * failing volume stops the other files ({@code Stopped}); a transient one, a mismatch or a change
   * lets them finish. All part files are closed when this returns.
   *
   * @param files distinct paths and distinct parts
   * @throws IllegalArgumentException if two files share a path or a part
   */
  public TransferResult transfer(
      List<FileTask> files, BlockJournal journal, ProgressListener progress, CancelToken cancel) {
    requireDistinct(files);
    CancelToken stop = cancel.child();
    try (CancelToken.Registration _ = closed.onCancel(stop::cancel)) {
      TransferRun run = new TransferRun(files, settings, journal, hashers, stop);
      for (int i = 0; i < settings.connectionsPerJob(); i++) {
        Thread unused =
            Thread.ofPlatform()
                .daemon()
                .name("fetch-", i)
                .start(new RangeFetcher(run, settings, slots));
      }
      boolean interrupted = follow(run, progress);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      TransferProgress last = run.last();
      List<FileOutcome> outcomes = run.outcomes();
      progress.progressed(last);
      return new TransferResult(outcomes, last);
    } finally {
      stop.cancel();
    }
  }

  /** Stops the hashing threads; running transfers end as cancelled. */
  @Override
  public void close() {
    closed.cancel();
    hashers.shutdown();
  }

  /** Tells progress until all has ended, come what may: no thread may outlive its transfer. */
  private boolean follow(TransferRun run, ProgressListener progress) {
    boolean interrupted = false;
    Duration every = settings.sampleEvery();
    while (true) {
      try {
        if (run.awaitEnd(every)) {
          return interrupted;
        }
        progress.progressed(run.progress());
      } catch (InterruptedException e) {
        interrupted = true;
        run.stop().cancel();
      } catch (RuntimeException e) {
        run.crashed(e);
      }
    }
  }

  private static void requireDistinct(List<FileTask> files) {
    Set<Object> seen = new HashSet<>();
    for (FileTask file : files) {
      if (!seen.add(file.path()) || !seen.add(file.part().toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("Two files share a path or a part: " + file.path());
      }
    }
  }
}
