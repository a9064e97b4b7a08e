package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a model runs, or why it does not.
 *
 * @param model model
 * @param plan plan
 * @param state state
 * @param generation generation
 * @param commit commit
 * @param path path
 * @param replicas replicas
 * @param gapToBound 0 to 1
 * @param reason reason
 * @param obstacle why it has no place, in one word
 * @param changesThatWouldFit changesThatWouldFit
 * @param change what happened last to a model that was placed already
 * @param decidedAt decidedAt
 */
public record ModelPlaced(
    ModelName model,
    @JsonProperty(required = true) long plan,
    PlacementState state,
    @JsonProperty(required = true) long generation,
    Optional<CommitId> commit,
    Optional<String> path,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Replica> replicas,
    Optional<Double> gapToBound,
    String reason,
    Optional<PlacementObstacle> obstacle,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> changesThatWouldFit,
    Optional<PlacementChange> change,
    Instant decidedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelPlaced {
    Components.required(model, "model");
    Components.notNegative(plan, "plan");
    Components.required(state, "state");
    Components.notNegative(generation, "generation");
    commit = Components.optional(commit);
    path = Components.optional(path);
    replicas = Components.list(replicas);
    gapToBound = Components.optional(gapToBound);
    Components.required(reason, "reason");
    obstacle = Components.optional(obstacle);
    changesThatWouldFit = Components.list(changesThatWouldFit);
    change = Components.optional(change);
    Components.required(decidedAt, "decidedAt");
  }
}
