package io.modeldepot.janitor.backup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.LastFigures;
import io.modeldepot.janitor.job.Remembers;
import io.modeldepot.store.ModelStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * When backups and drills last went well and what they cost, and for how long one is overdue that a
 * schedule asked for. What went well is noted on the volume, so that it outlives this process.
 */
@ApplicationScoped
public class BackupMetrics implements Remembers {
  private static final Logger LOG = Logger.getLogger(BackupMetrics.class);
  private static final String DRAWER = "backups";
  private static final String LAST_BACKUP = "modeldepot.backup.last.success.timestamp.seconds";
  private static final String LAST_CHECK = "modeldepot.backup.check.last.success.timestamp.seconds";
  private static final String LAST_DRILL = "modeldepot.drill.last.success.timestamp.seconds";
  private static final String ADDED = "modeldepot.backup.added.bytes";
  private static final String TOTAL = "modeldepot.backup.total.bytes";
  private static final String RESTORE = "modeldepot.restore.seconds";
  private static final String FAILED = "failed";
  private static final String DONE = "done";
  private static final String OVERDUE = "modeldepot.backup.overdue.seconds";
  private static final String BYTES_ARE = "What the last backup added, and what it has.";
  private static final Map<String, Figure> FIGURES =
      Map.of(
          LAST_BACKUP, Figure.of(LAST_BACKUP, "When a backup last went well."),
          LAST_CHECK, Figure.of(LAST_CHECK, "When a check last found nothing."),
          LAST_DRILL, Figure.of(LAST_DRILL, "When a drill last went well."),
          ADDED, new Figure("modeldepot.backup.bytes", Tags.of("kind", "new"), BYTES_ARE),
          TOTAL, new Figure("modeldepot.backup.bytes", Tags.of("kind", "total"), BYTES_ARE),
          RESTORE, Figure.of(RESTORE, "How long the last drill took."));

  /** How a figure is shown; it is noted on the volume under a name of its own. */
  private record Figure(String metric, Tags tags, String means) {
    static Figure of(String metric, String means) {
      return new Figure(metric, Tags.empty(), means);
    }
  }

  private final MeterRegistry metrics;
  private final Clock clock;
  private final Map<String, Double> values = new ConcurrentHashMap<>();
  private volatile @Nullable Instant dueAt;
  private boolean overdueShown;

  @Inject
  BackupMetrics(MeterRegistry metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
    // From the start: of a counter that appears with its first event, no alert sees a rise.
    for (BackupAction action : BackupAction.values()) {
      jobs(action, FAILED).increment(0);
      jobs(action, DONE).increment(0);
    }
  }

  @Override
  public void recall(ModelStore store) {
    try {
      new LastFigures(store, DRAWER)
          .read()
          .forEach(
              (name, value) -> {
                if (FIGURES.containsKey(name) && !values.containsKey(name)) {
                  set(name, value);
                }
              });
    } catch (IOException e) {
      LOG.warnf("What the last backups came to cannot be read: %s", e.getMessage());
    }
  }

  void ended(BackupDue command, Ending ending, ModelStore store) {
    BackupAction action = command.action().orElse(BackupAction.BACKUP);
    jobs(action, ending instanceof Ending.Failed ? FAILED : DONE).increment();
    if (!(ending instanceof Ending.Done(Map<String, Object> result))) {
      return;
    }
    double now = clock.millis() / 1000.0;
    switch (action) {
      case BACKUP -> {
        set(LAST_BACKUP, now);
        set(ADDED, result.get("addedBytes"));
        set(TOTAL, result.get("totalBytes"));
      }
      case CHECK -> set(LAST_CHECK, now);
      case DRILL -> {
        set(LAST_DRILL, now);
        set(RESTORE, result.get("rtoSeconds"));
      }
      case PIN, UNPIN, PRUNE, DIFF -> {
        // Counted above; they have no figure of their own.
      }
    }
    try {
      new LastFigures(store, DRAWER).write(values);
    } catch (IOException e) {
      LOG.warnf("What this came to is forgotten at the next start: %s", e.getMessage());
    }
  }

  /**
   * When a schedule last asked for a backup of this location; empty if none does.
   *
   * @param at after the schedule was first seen
   */
  public synchronized void due(Optional<Instant> at) {
    dueAt = at.orElse(null);
    if (at.isPresent() && !overdueShown) {
      overdueShown = true;
      Gauge.builder(OVERDUE, this::overdueSeconds)
          .description("For how long a backup is overdue that a schedule asked for.")
          .register(metrics);
    }
  }

  private Counter jobs(BackupAction action, String outcome) {
    return Counter.builder("modeldepot.backup.jobs")
        .description("Backups, checks and drills that came to their end.")
        .tag("action", action.name().toLowerCase(Locale.ROOT))
        .tag("outcome", outcome)
        .register(metrics);
  }

  private double overdueSeconds() {
    Instant due = dueAt;
    double last = values.getOrDefault(LAST_BACKUP, 0.0);
    if (due == null || last >= due.getEpochSecond()) {
      return 0;
    }
    return Math.max(0, clock.millis() / 1000.0 - due.getEpochSecond());
  }

  private void set(String name, @Nullable Object value) {
    if (value instanceof Number number && values.put(name, number.doubleValue()) == null) {
      Figure figure = Objects.requireNonNull(FIGURES.get(name));
      Gauge.builder(figure.metric(), () -> values.getOrDefault(name, Double.NaN))
          .description(figure.means())
          .tags(figure.tags())
          .register(metrics);
    }
  }
}
