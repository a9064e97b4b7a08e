package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;

/**
 * What a replica takes of one GPU.
 *
 * @param id id
 * @param weightsBytes weightsBytes
 * @param kvBytes kvBytes
 * @param overheadBytes overheadBytes
 */
public record GpuShare(
    String id,
    @JsonProperty(required = true) long weightsBytes,
    @JsonProperty(required = true) long kvBytes,
    @JsonProperty(required = true) long overheadBytes) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public GpuShare {
    Components.required(id, "id");
    Components.notNegative(weightsBytes, "weightsBytes");
    Components.notNegative(kvBytes, "kvBytes");
    Components.notNegative(overheadBytes, "overheadBytes");
  }
}
