package io.modeldepot.backup.save;

import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * What is to be saved, and how.
 *
 * @param scope how much
 * @param requestId the command that asks for it
 * @param instance who does it, as somebody else is told who wants to write too
 * @param threads how many pack blocks at once; each takes about 50 MiB
 * @param times of the repository's lock
 */
public record BackupOrder(
    Scope scope,
    Optional<RequestId> requestId,
    String instance,
    int threads,
    RepositoryLock.Times times) {
  private static final int MOST_THREADS = 8;
  private static final long PACKS_BYTES = 160L << 20;
  private static final long THREAD_BYTES = 56L << 20;

  /** By as many threads as there are processors and as fit into the heap, eight at most. */
  public static BackupOrder of(Scope scope, Optional<RequestId> requestId, String instance) {
    Runtime runtime = Runtime.getRuntime();
    long fit = (runtime.maxMemory() - PACKS_BYTES) / THREAD_BYTES;
    int threads = (int) Math.clamp(Math.min(runtime.availableProcessors(), fit), 1, MOST_THREADS);
    return new BackupOrder(scope, requestId, instance, threads, RepositoryLock.Times.USUAL);
  }
}
