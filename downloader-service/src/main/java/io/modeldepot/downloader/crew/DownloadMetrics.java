package io.modeldepot.downloader.crew;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Tally;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.connection.ServiceIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What is counted. Safe for threads. */
@ApplicationScoped
public class DownloadMetrics {
  private final MeterRegistry registry;
  private final MultiGauge remaining;
  private final MultiGauge rate;
  private final MultiGauge seconds;
  private final Map<RequestId, Long> counted = new ConcurrentHashMap<>();

  @Inject
  DownloadMetrics(MeterRegistry registry, ServiceIdentity identity) {
    this.registry = registry;
    this.remaining =
        MultiGauge.builder("modeldepot_download_remaining_bytes")
            .description("Bytes still to come of a running download.")
            .register(registry);
    this.rate =
        MultiGauge.builder("modeldepot_download_rate_bytes_per_second")
            .description("How fast a running download is.")
            .register(registry);
    this.seconds =
        MultiGauge.builder("modeldepot_download_remaining_seconds")
            .description("How long a running download will take at its rate.")
            .register(registry);
    Gauge.builder("modeldepot_build_info", () -> 1)
        .description("Which program this is.")
        .tag("version", identity.version())
        .tag("revision", System.getProperty("depot.revision", "unknown"))
        .tag("java", Runtime.version().toString())
        .tag("service", identity.service())
        .register(registry);
  }

  /** The running jobs, once a second. */
  void running(Collection<Job> jobs) {
    jobs.forEach(this::countBytes);
    rows(remaining, jobs, tally -> tally.totalBytes() - tally.doneBytes());
    rows(rate, jobs, tally -> tally.rateBytesPerSecond().orElse(0L));
    rows(seconds, jobs, tally -> tally.etaSeconds().orElse(0L));
  }

  /** A job has ended. */
  void ended(Job job, JobState.Final state) {
    countBytes(job);
    counted.remove(job.id());
    if (state instanceof JobState.Done) {
      registry
          .counter("modeldepot_download_bytes_total", "source", "reused")
          .increment(job.tally().reusedBytes());
    }
    String outcome = state.name().name().toLowerCase(java.util.Locale.ROOT);
    registry
        .counter(
            "modeldepot_downloads_total",
            "outcome",
            outcome,
            "code",
            state.problem().map(problem -> problem.code().code()).orElse(""))
        .increment();
    Duration took = Duration.between(job.createdAt(), Instant.now());
    Timer.builder("modeldepot_download_duration_seconds")
        .description("From the command to the end of its job.")
        .tag("outcome", outcome)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(100))
        .maximumExpectedValue(Duration.ofHours(24))
        .register(registry)
        .record(took.isNegative() ? Duration.ZERO : took);
  }

  /** A command was handled this long after it was published. */
  public void handled(String topic, Duration age) {
    Timer.builder("modeldepot_event_age_seconds")
        .description("From publishing a record to handling it.")
        .tags("topic", topic, "service", "downloader")
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofHours(1))
        .register(registry)
        .record(age.isNegative() ? Duration.ZERO : age);
  }

  private void countBytes(Job job) {
    long now = job.tally().fetchedBytes();
    Long before = counted.put(job.id(), now);
    long more = now - (before == null ? 0 : before);
    if (more > 0) {
      registry.counter("modeldepot_download_bytes_total", "source", "hub").increment(more);
    }
  }

  private static void rows(MultiGauge gauge, Collection<Job> jobs, ToDoubleFunction<Tally> figure) {
    Map<String, Job> byModel = new ConcurrentHashMap<>();
    jobs.forEach(job -> byModel.put(job.model().value(), job));
    gauge.register(
        byModel.entrySet().stream()
            .map(
                entry ->
                    MultiGauge.Row.of(
                        Tags.of("model_name", entry.getKey()),
                        figure.applyAsDouble(entry.getValue().tally())))
            .toList(),
        true);
  }
}
