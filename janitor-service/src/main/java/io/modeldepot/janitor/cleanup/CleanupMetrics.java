package io.modeldepot.janitor.cleanup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.LastFigures;
import io.modeldepot.janitor.job.Remembers;
import io.modeldepot.store.ModelStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * What cleanups did: {@code modeldepot_cleanup_jobs_total} by scope and outcome, {@code
 * modeldepot_cleanup_freed_bytes_total}, {@code modeldepot_cleanup_last_success_timestamp_seconds},
 * which outlives a restart, and {@code modeldepot_cleanup_refused_total} of those that no broker or
 * no clock let go on.
 */
@ApplicationScoped
class CleanupMetrics implements Remembers {
  private static final Logger LOG = Logger.getLogger(CleanupMetrics.class);
  private static final String DRAWER = "cleanups";
  private static final String LAST = "modeldepot.cleanup.last.success.timestamp.seconds";

  private final MeterRegistry registry;
  private final Clock clock;
  private volatile double lastSuccess = Double.NaN;

  @Inject
  CleanupMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder(LAST, () -> lastSuccess)
        .description("When a cleanup last went well.")
        .register(registry);
  }

  @Override
  public void recall(ModelStore store) {
    try {
      Double noted = new LastFigures(store, DRAWER).read().get(LAST);
      if (noted != null && Double.isNaN(lastSuccess)) {
        lastSuccess = noted;
      }
    } catch (IOException e) {
      LOG.warnf("When a cleanup last went well cannot be read: %s", e.getMessage());
    }
  }

  void ended(CleanupScope scope, Ending ending, ModelStore store) {
    String outcome =
        switch (ending) {
          case Ending.Done done -> {
            wentWell(store);
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

  private void wentWell(ModelStore store) {
    lastSuccess = clock.millis() / 1000.0;
    try {
      new LastFigures(store, DRAWER).write(Map.of(LAST, lastSuccess));
    } catch (IOException e) {
      LOG.warnf("That a cleanup went well is forgotten at the next start: %s", e.getMessage());
    }
  }

  void refused(String why) {
    registry.counter("modeldepot.cleanup.refused", "reason", why).increment();
  }
}
