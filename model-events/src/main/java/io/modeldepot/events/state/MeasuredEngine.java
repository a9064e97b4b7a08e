package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import java.util.List;
import java.util.Optional;

/**
 * A running engine, measured by its own metrics and by nvidia-smi.
 *
 * @param model the name it serves by
 * @param gpus ids of the GPUs it has
 * @param kvTokens tokens that its KV cache holds in all
 * @param kvDtype auto, or what its KV cache is held in
 * @param memoryUtilization its share of each GPU, 0 to 1, as it was told
 * @param measuredBytes what its processes take of one of its GPUs, the most of them; absent where
 *     nvidia-smi does not tell processes apart
 * @param kvUsage how full the KV cache is, 0 to 1
 * @param requests that it has answered since it started
 */
public record MeasuredEngine(
    ModelName model,
    List<String> gpus,
    @JsonProperty(required = true) long kvTokens,
    String kvDtype,
    Optional<Double> memoryUtilization,
    Optional<Long> measuredBytes,
    Optional<Double> kvUsage,
    Optional<Long> requests) {

  /** Refuses what is missing. */
  public MeasuredEngine {
    Components.required(model, "model");
    gpus = Components.list(gpus);
    Components.notNegative(kvTokens, "kvTokens");
    Components.required(kvDtype, "kvDtype");
    memoryUtilization = Components.optional(memoryUtilization);
    measuredBytes = Components.optional(measuredBytes);
    kvUsage = Components.optional(kvUsage);
    requests = Components.optional(requests);
  }

  /** One that does not say how many requests it has answered. */
  public MeasuredEngine(
      ModelName model,
      List<String> gpus,
      long kvTokens,
      String kvDtype,
      Optional<Double> memoryUtilization,
      Optional<Long> measuredBytes,
      Optional<Double> kvUsage) {
    this(
        model,
        gpus,
        kvTokens,
        kvDtype,
        memoryUtilization,
        measuredBytes,
        kvUsage,
        Optional.empty());
  }
}
