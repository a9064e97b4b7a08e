package io.modeldepot.registry.cache;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Where answers that may be kept came from, and what they take. */
@ApplicationScoped
class CacheMetrics {
  private final MeterRegistry metrics;
  private final Counter memory;
  private final Counter shelf;
  private final Counter neighbour;
  private final Counter database;

  CacheMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
    this.memory = from("memory");
    this.shelf = from("redis");
    this.neighbour = from("neighbour");
    this.database = from("database");
  }

  private Counter from(String where) {
    return Counter.builder("modeldepot.cache.answers")
        .description("Answers that may be kept, by where they came from.")
        .tag("from", where)
        .register(metrics);
  }

  void watch(Cache<?, ?> kept) {
    Gauge.builder(
            "modeldepot.cache.bytes",
            kept,
            cache ->
                cache
                    .policy()
                    .eviction()
                    .map(eviction -> eviction.weightedSize().orElse(0))
                    .orElse(0L))
        .description("What kept answers take of the heap.")
        .register(metrics);
  }

  void fromMemory() {
    memory.increment();
  }

  void fromShelf() {
    shelf.increment();
  }

  void fromNeighbour() {
    neighbour.increment();
  }

  void fromDatabase() {
    database.increment();
  }
}
