package io.modeldepot.downloader.crew;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.Sender;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What is counted of downloads. Safe for threads. */
@ApplicationScoped
public class DownloadMetrics implements Watching {
  private static final String BYTES = "modeldepot.download.bytes";
  private static final String BYTES_ARE =
      "Bytes that came in, by who sent them, and those that were here already.";

  /** From a small model nearby to a large one over a slow line. */
  private static final Duration[] BOUNDS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4),
    Duration.ofHours(12),
    Duration.ofHours(24)
  };

  private final MeterRegistry registry;
  private final MultiGauge remaining;
  private final MultiGauge rate;
  private final MultiGauge seconds;
  private final Counter reused;

  @Inject
  DownloadMetrics(MeterRegistry registry, HubClient hub) {
    this.registry = registry;
    this.remaining =
        MultiGauge.builder("modeldepot.download.remaining.bytes")
            .description("Bytes still to come of a running download.")
            .register(registry);
    this.rate =
        MultiGauge.builder("modeldepot.download.rate.bytes.per.second")
            .description("How fast a running download is.")
            .register(registry);
    this.seconds =
        MultiGauge.builder("modeldepot.download.remaining.seconds")
            .description("How long a running download will take at its rate.")
            .register(registry);
    for (Sender sender : Sender.values()) {
      FunctionCounter.builder(BYTES, hub, it -> it.receivedBytes(sender))
          .description(BYTES_ARE)
          .tag("source", sender.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    this.reused =
        Counter.builder(BYTES).description(BYTES_ARE).tag("source", "reused").register(registry);
  }

  @Override
  public void running(Collection<Job> jobs) {
    Map<String, Tally> byModel = new HashMap<>();
    jobs.forEach(job -> byModel.put(job.model().value(), job.tally()));
    rows(remaining, byModel, tally -> tally.totalBytes() - tally.doneBytes());
    rows(rate, byModel, tally -> tally.rateBytesPerSecond().orElse(0L));
    byModel.values().removeIf(tally -> tally.etaSeconds().isEmpty());
    rows(seconds, byModel, tally -> tally.etaSeconds().orElse(0L));
  }

  @Override
  public void ended(Job job, JobState.Final state) {
    if (state instanceof JobState.Done) {
      reused.increment(job.tally().reusedBytes());
    }
    String outcome = state.name().name().toLowerCase(Locale.ROOT);
    Counter.builder("modeldepot.downloads")
        .description("Downloads that came to their end; of those that failed, why.")
        .tag("outcome", outcome)
        .tag("code", state.problem().map(problem -> problem.code().code()).orElse(""))
        .register(registry)
        .increment();
    Duration took = Duration.between(job.createdAt(), Instant.now());
    Timer.builder("modeldepot.download.duration")
        .description("From the command to the end of its job.")
        .tag("outcome", outcome)
        .serviceLevelObjectives(BOUNDS)
        .register(registry)
        .record(took.isNegative() ? Duration.ZERO : took);
  }

  private static void rows(
      MultiGauge gauge, Map<String, Tally> byModel, ToDoubleFunction<Tally> figure) {
    List<MultiGauge.Row<?>> rows =
        byModel.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                one ->
                    MultiGauge.Row.of(
                        Tags.of("model_name", one.getKey()), figure.applyAsDouble(one.getValue())))
            .toList();
    gauge.register(rows, true);
  }
}
