package io.modeldepot.janitor.cleanup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.modeldepot.events.terms.ModelName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;

/** When each model on the volume was last seen in use. A model that is gone takes its row along. */
@ApplicationScoped
class UseMetrics {
  private final MultiGauge lastUsed;

  @Inject
  UseMetrics(MeterRegistry registry) {
    this.lastUsed =
        MultiGauge.builder("modeldepot.model.last.used.timestamp.seconds")
            .description("When a model was last seen in use at this location.")
            .register(registry);
  }

  /**
   * What a look found.
   *
   * @param seen every model on the volume
   */
  void seen(Map<ModelName, Instant> seen) {
    lastUsed.register(
        seen.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                one ->
                    MultiGauge.Row.of(
                        Tags.of("model_name", one.getKey().value()),
                        one.getValue().getEpochSecond()))
            .toList(),
        true);
  }
}
