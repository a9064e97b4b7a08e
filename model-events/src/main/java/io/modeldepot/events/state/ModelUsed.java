package io.modeldepot.events.state;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.Optional;

/**
 * That a version was used.
 *
 * @param location location
 * @param model model
 * @param commit commit
 * @param holder holder
 * @param kind kind
 * @param until of a lease
 * @param lastAt lastAt
 */
public record ModelUsed(
    LocationName location,
    ModelName model,
    CommitId commit,
    String holder,
    UseKind kind,
    Optional<Instant> until,
    Instant lastAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelUsed {
    Components.required(location, "location");
    Components.required(model, "model");
    Components.required(commit, "commit");
    Components.required(holder, "holder");
    Components.required(kind, "kind");
    until = Components.optional(until);
    Components.required(lastAt, "lastAt");
  }
}
