package io.modeldepot.store.survey;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at many things at once, and keeps their order. */
final class Together {
  private Together() {}

  /** A look at one thing. */
  @FunctionalInterface
  interface Look<T, R> {
    R at(T thing) throws IOException;
  }

  /**
   * Looks at each.
   *
   * @param threads how many; with one the caller looks alone
   * @throws IOException the first that a look threw; the others are stopped
   */
  static <T, R> List<R> look(int threads, List<T> things, Look<T, R> look) throws IOException {
    List<R> seen = new ArrayList<>(things.size());
    if (threads == 1) {
      for (T thing : things) {
        seen.add(look.at(thing));
      }
      return seen;
    }
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
