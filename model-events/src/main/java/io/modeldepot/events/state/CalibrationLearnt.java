package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;

/**
 * What measurements of a running engine taught, kept for when it stops: else the model would be
 * placed by the documented constants again, run, be measured and be moved.
 *
 * @param model which
 * @param engine whose documented constants it takes the place of
 * @param gpuName product name of the GPU
 * @param fixedBytesPerGpu what the engine takes beside weights, KV cache and activations
 * @param measurements how many it follows from
 * @param errorBeforeBytes mean distance of plan and measurement by the documented constants
 * @param errorAfterBytes the same by these
 * @param learntAt when
 */
public record CalibrationLearnt(
    ModelName model,
    String engine,
    String gpuName,
    @JsonProperty(required = true) long fixedBytesPerGpu,
    @JsonProperty(required = true) int measurements,
    @JsonProperty(required = true) long errorBeforeBytes,
    @JsonProperty(required = true) long errorAfterBytes,
    Instant learntAt) {

  /** Refuses what is missing. */
  public CalibrationLearnt {
    Components.required(model, "model");
    Components.required(engine, "engine");
    Components.required(gpuName, "gpuName");
    Components.notNegative(fixedBytesPerGpu, "fixedBytesPerGpu");
    Components.notNegative(measurements, "measurements");
    Components.notNegative(errorBeforeBytes, "errorBeforeBytes");
    Components.notNegative(errorAfterBytes, "errorAfterBytes");
    Components.required(learntAt, "learntAt");
  }

  /** The record's key. */
  public String key() {
    return model + "/" + engine + "/" + gpuName;
  }
}
