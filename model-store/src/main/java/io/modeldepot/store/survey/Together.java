package io.modeldepot.store.survey;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at many things at once, as many as there are processors, and keeps their order. */
final class Together {
  private static final int MOST_THREADS = 8;

  private Together() {}

  /** A look at one thing. */
  @FunctionalInterface
  interface Look<T, R> {
    R at(T thing) throws IOException;
  }

  /**
   * Looks at each.
   *
   * @throws IOException the first that a look threw; the others are stopped
   */
  static <T, R> List<R> look(List<T> things, Look<T, R> look) throws IOException {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    List<R> seen = new ArrayList<>(things.size());
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("survey-", 0).factory())) {
      List<Future<R>> futures = new ArrayList<>(things.size());
      things.forEach(thing -> futures.add(pool.submit(() -> look.at(thing))));
      try {
        for (Future<R> future : futures) {
          seen.add(future.get());
        }
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IOException("The survey was interrupted.", e);
      }
    }
    return seen;
  }
}
