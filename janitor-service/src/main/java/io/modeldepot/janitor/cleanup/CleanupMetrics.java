package io.modeldepot.janitor.cleanup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.janitor.job.Ending;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;

/**
 * What cleanups did: {@code modeldepot_cleanup_jobs_total} by scope and outcome, {@code
 * modeldepot_cleanup_freed_bytes_total}, {@code modeldepot_cleanup_last_success_timestamp_seconds},
 * and {@code modeldepot_cleanup_refused_total} of those that no broker or no clock let go on.
 */
@ApplicationScoped
class CleanupMetrics {
  private final MeterRegistry registry;
  private final Clock clock;
  private volatile double lastSuccess = Double.NaN;

  @Inject
  CleanupMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder("modeldepot.cleanup.last.success.timestamp.seconds", () -> lastSuccess)
        .description("When a cleanup last went well.")
        .register(registry);
  }

  void ended(CleanupScope scope, Ending ending) {
    String outcome =
        switch (ending) {
          case Ending.Done done -> {
            lastSuccess = clock.millis() / 1000.0;
            if (done.result().get("freedBytes") instanceof Number freed) {
              registry.counter("modeldepot.cleanup.freed.bytes").increment(freed.doubleValue());
            }
            yield "done";
          }
          case Ending.Planned _ -> "planned";
          case Ending.Failed _ -> "failed";
          case Ending.Expired _ -> "expired";
        };
    registry
        .counter(
            "modeldepot.cleanup.jobs",
            "scope",
            scope.name().toLowerCase(Locale.ROOT),
            "outcome",
            outcome)
        .increment();
  }

  void refused(String why) {
    registry.counter("modeldepot.cleanup.refused", "reason", why).increment();
  }
}
