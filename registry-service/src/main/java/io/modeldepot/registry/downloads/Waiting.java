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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Callers that wait for something to end, woken by what this instance projects. Another instance
 * may be the one that projects it, so they look every second too.
 */
@ApplicationScoped
class Waiting {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ConcurrentMap<String, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) DownloadChanged change) {
    waiting.getOrDefault(change.id(), Set.of()).forEach(Semaphore::release);
  }

  /**
   * Looks at once, after every change and every second, until it is good enough or the time is
   * over.
   *
   * @return what was seen last, at the end of the time or later
   */
  <T> T until(String id, Duration atMost, Supplier<T> look, Predicate<T> enough) {
    Semaphore bell = new Semaphore(0);
    waiting.compute(
        id,
        (ignored, bells) -> {
          Set<Semaphore> all = bells == null ? new CopyOnWriteArraySet<>() : bells;
          all.add(bell);
          return all;
        });
    try {
      long deadline = System.nanoTime() + atMost.toNanos();
      T seen = look.get();
      for (long left = deadline - System.nanoTime();
          left > 0 && !enough.test(seen);
          left = deadline - System.nanoTime()) {
        bell.tryAcquire(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
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
