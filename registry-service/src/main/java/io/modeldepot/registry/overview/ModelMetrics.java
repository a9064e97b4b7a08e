package io.modeldepot.registry.overview;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.registry.cache.Changes;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.catalog.ModelView;
import io.modeldepot.registry.downloads.Upstream;
import io.modeldepot.registry.problem.Outage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The models as Prometheus sees them, looked up every few seconds and not at every scrape. */
@ApplicationScoped
class ModelMetrics {
  private static final Logger LOG = Logger.getLogger(ModelMetrics.class);
  private static final int LAST = 3000;
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Catalog catalog;
  private final Upstream upstream;
  private final Changes changes;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final GaugeOfModels info;
  private final GaugeOfModels size;
  private final GaugeOfModels parameters;
  private final GaugeOfModels verified;
  private final GaugeOfModels behind;

  private Optional<String> shown = Optional.empty(); // of the thread that looks

  ModelMetrics(MeterRegistry metrics, Catalog catalog, Upstream upstream, Changes changes) {
    this.catalog = catalog;
    this.upstream = upstream;
    this.changes = changes;
    info =
        new GaugeOfModels(
            metrics, "modeldepot.model.info", "The version that is served; always 1.");
    size =
        new GaugeOfModels(
            metrics, "modeldepot.model.size.bytes", "Bytes of all versions of a model.");
    parameters =
        new GaugeOfModels(metrics, "modeldepot.model.parameters", "Parameters of a model.");
    verified =
        new GaugeOfModels(
            metrics,
            "modeldepot.model.last.verified.timestamp.seconds",
            "When the version that is served was verified.");
    behind =
        new GaugeOfModels(
            metrics,
            "modeldepot.model.versions.behind",
            "1 where the hub had another commit than is served when it was last looked at.");
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
      // Before the models: what changes while these are read is read again the next time.
      Optional<String> stamp = changes.ofModels();
      if (stamp.isEmpty() || !stamp.equals(shown)) {
        show(catalog.views());
        shown = stamp;
      }
    } catch (RuntimeException e) {
      if (!Outage.of(e)) {
        LOG.warn("The models cannot be counted.", e);
      }
    }
  }

  private void show(List<ModelView> all) {
    info.show(rows(present(all), ModelMetrics::labels, model -> 1));
    size.show(rows(all.stream(), ModelMetrics::name, ModelView::sizeBytes));
    parameters.show(
        rows(
            all.stream().filter(model -> parametersOf(model).isPresent()),
            ModelMetrics::name,
            model -> parametersOf(model).orElseThrow()));
    verified.show(
        rows(
            present(all),
            ModelMetrics::name,
            model -> model.current().orElseThrow().verifiedAt().getEpochSecond()));
    behind.show(behind(all));
  }

  private static Map<Tags, Double> rows(
      Stream<ModelView> models, Function<ModelView, Tags> tags, ToDoubleFunction<ModelView> value) {
    return models.collect(
        Collectors.toMap(tags, model -> value.applyAsDouble(model), (first, other) -> first));
  }

  private static Optional<Long> parametersOf(ModelView model) {
    return model.modelProfile().flatMap(ModelProfile::parameters);
  }

  /** Only of models that somebody has looked for; how many commits lie between no hub tells. */
  private Map<Tags, Double> behind(List<ModelView> models) {
    Map<Upstream.Revision, CommitId> seen = upstream.commits();
    Map<Tags, Double> rows = new HashMap<>();
    for (ModelView model : present(models).toList()) {
      Upstream.Revision followed =
          new Upstream.Revision(model.model(), model.branch().orElse(Upstream.USUAL_BRANCH));
      CommitId newest = seen.get(followed);
      if (newest != null) {
        boolean served = newest.value().equals(model.current().orElseThrow().commit());
        rows.put(name(model), served ? 0.0 : 1.0);
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
