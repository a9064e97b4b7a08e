package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import java.util.List;
import java.util.Optional;

/**
 * What a model is to serve.
 *
 * @param users users
 * @param minUsers minUsers
 * @param contextTokens contextTokens
 * @param minContextTokens minContextTokens
 * @param variants dtype or quantization, in order of wish
 * @param priority 0 to 9
 * @param replicas replicas
 * @param gpu pinned to this GPU
 * @param antiAffinity antiAffinity
 */
public record PlacementDemand(
    @JsonProperty(required = true) int users,
    Optional<Integer> minUsers,
    @JsonProperty(required = true) int contextTokens,
    Optional<Integer> minContextTokens,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> variants,
    Optional<Integer> priority,
    Optional<Integer> replicas,
    Optional<String> gpu,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ModelName> antiAffinity) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public PlacementDemand {
    minUsers = Components.optional(minUsers);
    minContextTokens = Components.optional(minContextTokens);
    variants = Components.list(variants);
    priority = Components.optional(priority);
    replicas = Components.optional(replicas);
    gpu = Components.optional(gpu);
    antiAffinity = Components.list(antiAffinity);
  }

  /** So many users at such a context, and nothing else said. */
  public static PlacementDemand of(int users, int contextTokens) {
    return new PlacementDemand(
        users,
        Optional.empty(),
        contextTokens,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
