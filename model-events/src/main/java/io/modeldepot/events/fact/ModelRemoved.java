package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * A version or a model that was taken away.
 *
 * @param location location
 * @param model model
 * @param commit commit
 * @param what what
 * @param reason reason
 * @param freedBytes freedBytes
 * @param undoUntil undoUntil
 * @param trash trash
 * @param requestId requestId
 * @param at at
 */
public record ModelRemoved(
    LocationName location,
    ModelName model,
    Optional<CommitId> commit,
    RemovedWhat what,
    RemovalReason reason,
    @JsonProperty(required = true) long freedBytes,
    Optional<Instant> undoUntil,
    Optional<String> trash,
    Optional<RequestId> requestId,
    Instant at) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelRemoved {
    Components.required(location, "location");
    Components.required(model, "model");
    commit = Components.optional(commit);
    Components.required(what, "what");
    Components.required(reason, "reason");
    Components.notNegative(freedBytes, "freedBytes");
    undoUntil = Components.optional(undoUntil);
    trash = Components.optional(trash);
    requestId = Components.optional(requestId);
    Components.required(at, "at");
  }
}
