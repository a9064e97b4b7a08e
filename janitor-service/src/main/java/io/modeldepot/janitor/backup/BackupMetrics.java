package io.modeldepot.janitor.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.janitor.job.Ending;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When backups and drills last went well and what they cost. A backup that should have happened and
 * did not shows as a timestamp that stands still.
 */
@ApplicationScoped
public class BackupMetrics {
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Map<String, Double> values = new ConcurrentHashMap<>();

  @Inject
  BackupMetrics(MeterRegistry metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  void ended(BackupDue command, Ending ending) {
    String action =
        command.action().orElse(BackupAction.BACKUP).name().toLowerCase(java.util.Locale.ROOT);
    String outcome = ending instanceof Ending.Failed ? "failed" : "done";
    metrics.counter("modeldepot.backup.jobs", "action", action, "outcome", outcome).increment();
    if (!(ending instanceof Ending.Done(Map<String, Object> result))) {
      return;
    }
    double now = clock.millis() / 1000.0;
    switch (command.action().orElse(BackupAction.BACKUP)) {
      case BACKUP -> {
        set(
            "modeldepot.backup.last.success.timestamp.seconds",
            "When a backup last went well.",
            now);
        set(
            "modeldepot.backup.added.bytes",
            "What the last backup added.",
            result.get("addedBytes"));
        set("modeldepot.backup.total.bytes", "What the last backup has.", result.get("totalBytes"));
      }
      case CHECK ->
          set(
              "modeldepot.backup.check.last.success.timestamp.seconds",
              "When a check last found nothing.",
              now);
      case DRILL -> {
        set("modeldepot.drill.last.success.timestamp.seconds", "When a drill last went well.", now);
        set(
            "modeldepot.restore.seconds",
            "How long the last drill took.",
            result.get("rtoSeconds"));
      }
      case PIN, UNPIN, PRUNE -> {
        // Counted above; they have no figure of their own.
      }
    }
  }

  private void set(String name, String description, @Nullable Object value) {
    if (value instanceof Number number && values.put(name, number.doubleValue()) == null) {
      Gauge.builder(name, () -> values.getOrDefault(name, Double.NaN))
          .description(description)
          .register(metrics);
    }
  }
}
