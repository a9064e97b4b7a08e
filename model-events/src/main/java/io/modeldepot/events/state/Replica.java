package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import java.util.List;
import java.util.Optional;

/**
 * One running copy of a model.
 *
 * @param location location
 * @param host host
 * @param gpus gpus
 * @param users users
 * @param contextTokens contextTokens
 * @param dtype dtype
 * @param quantization quantization
 * @param tensorParallel tensorParallel
 * @param engine engine
 */
public record Replica(
    LocationName location,
    String host,
    List<GpuShare> gpus,
    @JsonProperty(required = true) int users,
    @JsonProperty(required = true) int contextTokens,
    String dtype,
    Optional<String> quantization,
    @JsonProperty(required = true) int tensorParallel,
    Engine engine) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Replica {
    Components.required(location, "location");
    Components.required(host, "host");
    gpus = Components.list(gpus);
    Components.required(dtype, "dtype");
    quantization = Components.optional(quantization);
    Components.required(engine, "engine");
  }
}
