package io.modeldepot.janitor.scrub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.fact.CorruptionKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the scrub goes: {@code modeldepot_scrub_bytes_total}, {@code
 * modeldepot_scrub_oldest_unverified_timestamp_seconds}, {@code modeldepot_corruptions_total} by
 * kind and by what follows, {@code modeldepot_damaged_versions}.
 */
@ApplicationScoped
class ScrubMetrics {
  private static final String TOLD = "told";
  private static final String REPAIR = "repair";
  private static final String QUARANTINE = "quarantine";
  private static final List<String> QUARANTINED = List.of("file", "blob");

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
    // From the start: of a counter that appears with its first event, no alert sees a rise.
    for (CorruptionKind kind : CorruptionKind.values()) {
      if (kind != CorruptionKind.UNKNOWN) {
        corruptions(word(kind), TOLD).increment(0);
        corruptions(word(kind), REPAIR).increment(0);
      }
    }
    QUARANTINED.forEach(kind -> corruptions(kind, QUARANTINE).increment(0));
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
    corruptions(word(kind), repaired ? REPAIR : TOLD).increment();
  }

  void quarantined(String kind) {
    corruptions(kind, QUARANTINE).increment();
  }

  private Counter corruptions(String kind, String outcome) {
    return Counter.builder("modeldepot.corruptions")
        .description("Findings of damage, by what is wrong and by what follows.")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .register(registry);
  }

  private static String word(CorruptionKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
