package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.util.Optional;

/**
 * One GPU, or one slice of one.
 *
 * @param id id
 * @param name name
 * @param memoryBytes memoryBytes
 * @param usableBytes total times utilisation; nobody multiplies again
 * @param measuredBytes measuredBytes
 * @param state state
 */
public record Gpu(
    String id,
    String name,
    @JsonProperty(required = true) long memoryBytes,
    @JsonProperty(required = true) long usableBytes,
    Optional<Long> measuredBytes,
    GpuState state) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Gpu {
    Components.required(id, "id");
    Components.required(name, "name");
    Components.notNegative(memoryBytes, "memoryBytes");
    Components.notNegative(usableBytes, "usableBytes");
    measuredBytes = Components.optional(measuredBytes);
    Components.required(state, "state");
  }
}
