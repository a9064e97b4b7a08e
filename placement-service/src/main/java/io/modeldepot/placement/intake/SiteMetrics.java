package io.modeldepot.placement.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.site.EngineComparison;
import io.modeldepot.placement.site.Site;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The site as Prometheus sees it: what is planned on every GPU, to be compared with what engines
 * measure. The label {@code model_name} is the one that vLLM uses, so that both join.
 */
@ApplicationScoped
public class SiteMetrics {
  private static final Logger LOG = Logger.getLogger(SiteMetrics.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Works works;
  private final MultiGauge memory;
  private final MultiGauge placed;
  private final MultiGauge users;
  private final MultiGauge kv;
  private final MultiGauge unplaced;
  private final MultiGauge servers;
  private final MultiGauge engines;
  private final MultiGauge errors;
  private volatile double gap;
  private @Nullable Thread thread;

  @Inject
  SiteMetrics(Works works, MeterRegistry metrics) {
    this.works = works;
    memory =
        MultiGauge.builder("modeldepot.gpu.memory.bytes")
            .description("Memory of a GPU: all, usable, planned, reserved, measured.")
            .register(metrics);
    placed =
        MultiGauge.builder("modeldepot.placement.info")
            .description("1 for every model on every GPU it is placed on.")
            .register(metrics);
    users =
        MultiGauge.builder("modeldepot.placement.users")
            .description("Users of a model: asked for, and planned with.")
            .register(metrics);
    kv =
        MultiGauge.builder("modeldepot.placement.kv.bytes")
            .description("KV cache planned for a model on a GPU.")
            .register(metrics);
    unplaced =
        MultiGauge.builder("modeldepot.unplaced")
            .description("Models that are asked for and placed nowhere, by the cause.")
            .register(metrics);
    servers =
        MultiGauge.builder("modeldepot.engine.ready")
            .description(
                "1 where an inference server serves what was decided, 0 where it does not.")
            .register(metrics);
    engines =
        MultiGauge.builder("modeldepot.engine.memory.bytes")
            .description("What a running engine takes of a GPU: planned, and measured.")
            .register(metrics);
    errors =
        MultiGauge.builder("modeldepot.calibration.error.bytes")
            .description("How far plans are off what engines take: before and after calibration.")
            .register(metrics);
    Gauge.builder("modeldepot.placement.gap.ratio", () -> gap)
        .description("How far below the best possible the plan in force is at most.")
        .register(metrics);
    Gauge.builder("modeldepot.placement.leads", () -> works.leads() ? 1 : 0)
        .description("1 for the instance whose plans are in force.")
        .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("site-metrics").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        measure();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      // stop() does that.
    }
  }

  private void measure() {
    try {
      if (works.noAnswer().isEmpty()) {
        Site.View view = works.view();
        measure(view.scenario(), works.topics().placed().values());
        measured(view);
      }
    } catch (RuntimeException e) {
      LOG.error("A fault of ours; the metrics stay as they were.", e);
    }
  }

  private void measure(Scenario scenario, Collection<ModelPlaced> decisions) {
    List<MultiGauge.Row<?>> ofGpus = new ArrayList<>();
    List<MultiGauge.Row<?>> ofPlaces = new ArrayList<>();
    List<MultiGauge.Row<?>> ofCaches = new ArrayList<>();
    for (FleetGpu gpu : scenario.fleet().gpus()) {
      List<Assignment> on = scenario.running().on(gpu.id());
      memoryOf(gpu, on, ofGpus);
      for (Assignment one : on) {
        Tags where = where(gpu.id()).and("model_name", one.replica().model().value());
        ofPlaces.add(
            MultiGauge.Row.of(
                where.and("tp", Integer.toString(one.option().ask().tensorParallel())), 1));
        ofCaches.add(MultiGauge.Row.of(where, one.perGpu().kvBytes()));
      }
    }
    memory.register(ofGpus, true);
    placed.register(ofPlaces, true);
    kv.register(ofCaches, true);
    users.register(users(scenario), true);
    unplaced.register(unplaced(decisions), true);
    servers.register(servers(), true);
    gap =
        decisions.stream()
            .flatMap(it -> it.gapToBound().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
  }

  /** A row for every cause there can be, so that a panel shows 0 and not a gap. */
  static List<MultiGauge.Row<?>> unplaced(Collection<ModelPlaced> decisions) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (PlacementObstacle cause : PlacementObstacle.values()) {
      if (cause != PlacementObstacle.NOT_ASKED) {
        long count =
            decisions.stream()
                .filter(it -> it.state() == PlacementState.UNPLACED)
                .filter(it -> it.obstacle().orElse(PlacementObstacle.UNKNOWN) == cause)
                .count();
        String word = cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
        rows.add(MultiGauge.Row.of(Tags.of("reason", word), count));
      }
    }
    return rows;
  }

  private void measured(Site.View view) {
    List<MultiGauge.Row<?>> taken = new ArrayList<>();
    for (EngineComparison one : view.engines()) {
      one.measurement()
          .ifPresent(
              it ->
                  one.gpus()
                      .forEach(
                          gpu -> {
                            Tags where = where(gpu).and("model_name", one.model().value());
                            taken.add(row(where, "planned", it.planned().bytesPerGpu()));
                            taken.add(row(where, "measured", it.measuredBytes()));
                          }));
    }
    engines.register(taken, true);
    List<MultiGauge.Row<?>> off = new ArrayList<>();
    for (Calibrations.Entry entry : view.calibrations().entries()) {
      Tags what = Tags.of("model_name", entry.model(), "gpu_name", entry.gpu());
      off.add(
          MultiGauge.Row.of(what.and("when", "before"), entry.calibration().errorBeforeBytes()));
      off.add(MultiGauge.Row.of(what.and("when", "after"), entry.calibration().errorAfterBytes()));
    }
    errors.register(off, true);
  }

  private static void memoryOf(FleetGpu gpu, List<Assignment> on, List<MultiGauge.Row<?>> rows) {
    Tags where = where(gpu.id());
    rows.add(row(where, "total", gpu.kind().memoryBytes()));
    rows.add(row(where, "usable", gpu.usableBytes()));
    rows.add(row(where, "reserved", gpu.reservation().map(Reservation::bytes).orElse(0L)));
    rows.add(
        row(
            where,
            "planned_weights",
            on.stream().mapToLong(it -> it.perGpu().weightsBytes()).sum()));
    rows.add(row(where, "planned_kv", on.stream().mapToLong(it -> it.perGpu().kvBytes()).sum()));
    rows.add(
        row(
            where,
            "planned_overhead",
            on.stream().mapToLong(it -> it.perGpu().overheadBytes()).sum()));
    gpu.measuredBytes().ifPresent(bytes -> rows.add(row(where, "measured", bytes)));
  }

  private static List<MultiGauge.Row<?>> users(Scenario scenario) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    scenario
        .demands()
        .forEach(
            demand -> {
              Tags model = Tags.of("model_name", demand.model().value());
              rows.add(row(model, "asked", demand.users().wanted()));
              rows.add(
                  row(
                      model,
                      "planned",
                      scenario.running().of(demand.model()).stream()
                          .mapToLong(it -> it.option().ask().users())
                          .sum()));
            });
    return rows;
  }

  /** Where a server is told; where nobody tells one there is nothing to be alarmed at. */
  private List<MultiGauge.Row<?>> servers() {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (EngineReported reported : works.topics().engines()) {
      for (EngineServer server : reported.servers()) {
        if (server.state() != EngineState.PUBLISHED) {
          rows.add(
              MultiGauge.Row.of(
                  Tags.of("host", server.host(), "gpu", server.gpus())
                      .and("model_name", reported.model().value())
                      .and("location", reported.location().value()),
                  server.state() == EngineState.READY ? 1 : 0));
        }
      }
    }
    return rows;
  }

  private static Tags where(GpuId id) {
    return Tags.of("host", id.host(), "gpu", id.id());
  }

  private static MultiGauge.Row<?> row(Tags tags, String kind, long value) {
    return MultiGauge.Row.of(tags.and("kind", kind), value);
  }
}
