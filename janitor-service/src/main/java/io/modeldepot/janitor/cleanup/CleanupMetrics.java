package io.modeldepot.janitor.cleanup;

import io.micrometer.core.instrument.Counter;
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
import java.util.List;
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
  private static final List<String> OUTCOMES = List.of("done", "planned", "failed", "expired");
  private static final List<String> REASONS = List.of("broker", "clock");
  private static final String LAST = "modeldepot.cleanup.last.success.timestamp.seconds";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Counter freed;
  private volatile double lastSuccess = Double.NaN;

  @Inject
  CleanupMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder(LAST, () -> lastSuccess)
        .description("When a cleanup last went well.")
        .register(registry);
    this.freed =
        Counter.builder("modeldepot.cleanup.freed.bytes")
            .description("Bytes that cleanups freed.")
            .register(registry);
    // From the start: of a counter that appears with its first event, no alert sees a rise.
    for (CleanupScope scope : CleanupScope.values()) {
      OUTCOMES.forEach(outcome -> jobs(scope, outcome).increment(0));
    }
    REASONS.forEach(reason -> refusals(reason).increment(0));
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
            if (done.result().get("freedBytes") instanceof Number bytes) {
              freed.increment(bytes.doubleValue());
            }
            yield "done";
          }
          case Ending.Planned _ -> "planned";
          case Ending.Failed _ -> "failed";
          case Ending.Expired _ -> "expired";
        };
    jobs(scope, outcome).increment();
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
    refusals(why).increment();
  }

  private Counter jobs(CleanupScope scope, String outcome) {
    return Counter.builder("modeldepot.cleanup.jobs")
        .description("Cleanups that came to their end.")
        .tag("scope", scope.name().toLowerCase(Locale.ROOT))
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter refusals(String reason) {
    return Counter.builder("modeldepot.cleanup.refused")
        .description("Cleanups that no broker or no clock let go on.")
        .tag("reason", reason)
        .register(registry);
  }
}
