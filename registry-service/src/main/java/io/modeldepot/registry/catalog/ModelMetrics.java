package io.modeldepot.registry.catalog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.registry.downloads.Upstream;
import io.modeldepot.registry.problem.Outage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The models as Prometheus sees them, looked up every few seconds and not at every scrape. */
@ApplicationScoped
class ModelMetrics {
  private static final Logger LOG = Logger.getLogger(ModelMetrics.class);
  private static final int LAST = 3000;
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Upstream upstream;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final MultiGauge info;
  private final MultiGauge size;
  private final MultiGauge parameters;
  private final MultiGauge verified;
  private final MultiGauge behind;

  ModelMetrics(MeterRegistry metrics, Upstream upstream) {
    this.upstream = upstream;
    info = gauge(metrics, "modeldepot.model.info", "The version that is served; always 1.");
    size = gauge(metrics, "modeldepot.model.size.bytes", "Bytes of all versions of a model.");
    parameters = gauge(metrics, "modeldepot.model.parameters", "Parameters of a model.");
    verified =
        gauge(
            metrics,
            "modeldepot.model.last.verified.timestamp.seconds",
            "When the version that is served was verified.");
    behind =
        gauge(
            metrics,
            "modeldepot.model.versions.behind",
            "1 where the hub had another commit than is served when it was last looked at.");
  }

  private static MultiGauge gauge(MeterRegistry metrics, String name, String means) {
    return MultiGauge.builder(name).description(means).register(metrics);
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    Thread.ofVirtual().name("model-metrics").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopping) {
    stopped.countDown();
  }

  private void run() {
    try {
      do {
        refresh();
      } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh() {
    try {
      List<ModelView> models =
          QuarkusTransaction.requiringNew()
              .call(() -> ShownModel.<ShownModel>listAll().stream().map(ModelView::of).toList());
      info.register(present(models).<Row<?>>map(model -> Row.of(labels(model), 1)).toList(), true);
      size.register(
          models.stream().<Row<?>>map(model -> Row.of(name(model), model.sizeBytes())).toList(),
          true);
      parameters.register(
          models.stream()
              .filter(model -> model.modelProfile().flatMap(ModelProfile::parameters).isPresent())
              .<Row<?>>map(
                  model ->
                      Row.of(
                          name(model),
                          model.modelProfile().flatMap(ModelProfile::parameters).orElseThrow()))
              .toList(),
          true);
      verified.register(
          present(models)
              .<Row<?>>map(
                  model ->
                      Row.of(
                          name(model), model.current().orElseThrow().verifiedAt().getEpochSecond()))
              .toList(),
          true);
      behind.register(behind(models), true);
    } catch (RuntimeException e) {
      if (!Outage.of(e)) {
        LOG.warn("The models cannot be counted.", e);
      }
    }
  }

  /** Only of models that somebody has looked for; how many commits lie between no hub tells. */
  private List<Row<?>> behind(List<ModelView> models) {
    Map<Upstream.Revision, CommitId> seen = upstream.commits();
    List<Row<?>> rows = new ArrayList<>();
    for (ModelView model : present(models).toList()) {
      Upstream.Revision followed =
          new Upstream.Revision(model.model(), model.branch().orElse(Upstream.USUAL_BRANCH));
      CommitId newest = seen.get(followed);
      if (newest != null) {
        boolean served = newest.value().equals(model.current().orElseThrow().commit());
        rows.add(Row.of(name(model), served ? 0 : 1));
      }
    }
    return rows;
  }

  private static Stream<ModelView> present(List<ModelView> models) {
    return models.stream().filter(model -> model.current().isPresent());
  }

  private static Tags name(ModelView model) {
    return Tags.of("model_name", model.model());
  }

  private static Tags labels(ModelView model) {
    return Tags.of(
        "model_name", model.model(),
        "version", model.current().orElseThrow().commit(),
        "family", model.family(),
        "licence", model.licence().orElse(""),
        "dtype",
            model
                .modelProfile()
                .map(
                    profile ->
                        String.join("+", profile.tensorBytes().keySet().stream().sorted().toList()))
                .orElse(""),
        "source", model.repository().orElse(""));
  }
}
