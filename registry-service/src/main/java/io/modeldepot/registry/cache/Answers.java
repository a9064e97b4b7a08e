package io.modeldepot.registry.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modeldepot.registry.cache.redis.Shelf;
import io.modeldepot.registry.door.Rendered;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept: in memory, the least used leaving first, and behind that on a shelf
 * that several registries share. Of those who ask for the same at once one loads it, the others get
 * what comes of it. Safe for threads.
 */
@Startup // its metrics are there before the first answer
@ApplicationScoped
class Answers {
  private static final int BESIDE_THE_BODY = 300;
  private static final int LARGEST = 1 << 20;

  /** What is asked for compressed is kept both ways; of a list's page that is a twelfth more. */
  private static final int COMPRESSED = 4;

  /** Longer than any query takes; then whoever waits loads for itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cache<String, Kept> memory;
  private final ConcurrentMap<String, Loading> underWay = new ConcurrentHashMap<>();
  private final Shelf shelf;
  private final CacheMetrics metrics;

  Answers(CacheSettings settings, Shelf shelf, CacheMetrics metrics) {
    this.memory =
        Caffeine.newBuilder()
            .maximumWeight(settings.memory().asLongValue())
            .<String, Kept>weigher((address, kept) -> kept.weight(address))
            .executor(Runnable::run)
            .build();
    this.shelf = shelf;
    this.metrics = metrics;
    metrics.watch(memory);
  }

  /** What is kept for an address: the newest only. */
  record Kept(String stamp, Rendered answer) {
    int weight(String address) {
      int body = answer.body().length;
      return BESIDE_THE_BODY + 2 * address.length() + body + body / COMPRESSED;
    }
  }

  /** What comes of asking. */
  sealed interface Reply {
    /** Here it is. */
    record Known(Rendered answer) implements Reply {}

    /** The caller loads it, and says how that ended. */
    record Yours(Loading loading) implements Reply {}

    /** The caller loads it for itself: somebody else does too, but does not get on. */
    record Alone() implements Reply {}
  }

  /** What is in memory; never waits. */
  @Nullable Rendered inMemory(String address, String stamp) {
    Kept kept = memory.getIfPresent(address);
    if (kept == null || !kept.stamp().equals(stamp)) {
      return null;
    }
    metrics.fromMemory();
    return kept.answer();
  }

  /**
   * Asks for the answer of that address and stamp. May wait for the shelf, or for another who loads
   * the same.
   */
  Reply ask(String address, String stamp) throws InterruptedException {
    Rendered kept = inMemory(address, stamp);
    if (kept != null) {
      return new Reply.Known(kept);
    }
    Loading ours = new Loading(address, stamp);
    Loading first = underWay.putIfAbsent(ours.key(), ours);
    if (first != null) {
      return await(first);
    }
    Optional<Rendered> shelved = shelf.get(ours.key());
    if (shelved.isEmpty()) {
      return new Reply.Yours(ours);
    }
    metrics.fromShelf();
    remember(ours, shelved.get());
    finish(ours, shelved);
    return new Reply.Known(shelved.get());
  }

  /** It is loaded: kept here and on the shelf, and given to all who wait. */
  void loaded(Loading loading, Rendered answer) {
    metrics.fromDatabase();
    if (answer.body().length <= LARGEST) {
      remember(loading, answer);
      shelf.put(loading.key(), answer);
    }
    finish(loading, Optional.of(answer));
  }

  /** There is no answer to keep; whoever waits loads for itself. */
  void failed(Loading loading) {
    finish(loading, Optional.empty());
  }

  private void remember(Loading loading, Rendered answer) {
    memory.put(loading.address(), new Kept(loading.stamp(), answer));
  }

  private void finish(Loading loading, Optional<Rendered> answer) {
    underWay.remove(loading.key(), loading);
    loading.end().complete(answer);
  }

  private Reply await(Loading first) throws InterruptedException {
    try {
      Optional<Rendered> answer = first.end().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.isPresent()) {
        metrics.fromNeighbour();
        return new Reply.Known(answer.get());
      }
    } catch (TimeoutException e) {
      // It may never end: the next one begins anew.
      underWay.remove(first.key(), first);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return new Reply.Alone();
  }
}
