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

  /** By as many threads as there are processors, eight at most. */
  public static BackupOrder of(Scope scope, Optional<RequestId> requestId, String instance) {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    return new BackupOrder(scope, requestId, instance, threads, RepositoryLock.Times.USUAL);
  }
}
