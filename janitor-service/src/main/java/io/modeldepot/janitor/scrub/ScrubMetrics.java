package io.modeldepot.janitor.scrub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.fact.CorruptionKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the scrub goes: {@code modeldepot_scrub_bytes_total}, {@code
 * modeldepot_scrub_oldest_unverified_timestamp_seconds}, {@code modeldepot_corruptions_total} by
 * kind and by what follows, {@code modeldepot_damaged_versions}.
 */
@ApplicationScoped
class ScrubMetrics {
  private final MeterRegistry registry;
  private final Counter bytes;
  private final AtomicLong damagedVersions = new AtomicLong();
  private volatile double oldest = Double.NaN;

  @Inject
  ScrubMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.bytes =
        Counter.builder("modeldepot.scrub.bytes")
            .description("Bytes that the scrub read.")
            .register(registry);
    Gauge.builder("modeldepot.scrub.oldest.unverified.timestamp.seconds", () -> oldest)
        .description("When what was read longest ago was read.")
        .register(registry);
    Gauge.builder("modeldepot.damaged.versions", damagedVersions, AtomicLong::get)
        .description("Versions whose last reading found damage.")
        .register(registry);
  }

  void read(long more) {
    bytes.increment(more);
  }

  void oldest(Instant readAt) {
    oldest = readAt.toEpochMilli() / 1000.0;
  }

  void damagedVersions(long now) {
    damagedVersions.set(now);
  }

  void corrupted(CorruptionKind kind, boolean repaired) {
    count(kind.name().toLowerCase(Locale.ROOT), repaired ? "repair" : "told");
  }

  void quarantined(String kind) {
    count(kind, "quarantine");
  }

  private void count(String kind, String outcome) {
    registry.counter("modeldepot.corruptions", "kind", kind, "outcome", outcome).increment();
  }
}
