package io.modeldepot.events.command;

import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * Asks for a new plan, or for a proposed one to be applied.
 *
 * @param action default replan
 * @param plan with apply
 * @param requestId requestId
 */
public record PlacementDue(
    Optional<PlacementAction> action, Optional<Long> plan, Optional<RequestId> requestId) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public PlacementDue {
    action = Components.optional(action);
    plan = Components.optional(plan);
    requestId = Components.optional(requestId);
  }
}
