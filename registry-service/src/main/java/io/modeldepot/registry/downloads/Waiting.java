package io.modeldepot.registry.downloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Callers that wait for a download to end, woken by what this instance projects. */
@ApplicationScoped
class Waiting {
  private final ConcurrentMap<String, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) DownloadChanged change) {
    waiting.getOrDefault(change.id(), Set.of()).forEach(Semaphore::release);
  }

  /**
   * Looks at once and after every change until it is good enough or the time is over.
   *
   * @return what was seen last
   */
  DownloadView until(String id, Duration atMost, Supplier<DownloadView> look) {
    Semaphore bell = new Semaphore(0);
    waiting.computeIfAbsent(id, ignored -> new CopyOnWriteArraySet<>()).add(bell);
    try {
      long deadline = System.nanoTime() + atMost.toNanos();
      DownloadView seen = look.get();
      while (!seen.isFinal()) {
        if (!bell.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return seen;
        }
        bell.drainPermits();
        seen = look.get();
      }
      return seen;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return look.get();
    } finally {
      waiting.computeIfPresent(
          id,
          (ignored, bells) -> {
            bells.remove(bell);
            return bells.isEmpty() ? null : bells;
          });
    }
  }
}
