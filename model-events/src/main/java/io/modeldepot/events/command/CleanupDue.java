package io.modeldepot.events.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * Asks the janitor to look at a scope and take away what nothing needs.
 *
 * @param scope scope
 * @param action default remove
 * @param model model
 * @param commit commit
 * @param family family
 * @param dryRun show the plan, change nothing
 * @param plan do exactly this plan, or refuse
 * @param trash entry to bring back, with undo
 * @param keepNewest versions per model
 * @param olderThanSeconds olderThanSeconds
 * @param targetFreeBytes targetFreeBytes
 * @param location location
 * @param requestId requestId
 */
public record CleanupDue(
    CleanupScope scope,
    Optional<CleanupAction> action,
    Optional<ModelName> model,
    Optional<CommitId> commit,
    Optional<FamilyName> family,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean dryRun,
    Optional<String> plan,
    Optional<String> trash,
    Optional<Integer> keepNewest,
    Optional<Long> olderThanSeconds,
    Optional<Long> targetFreeBytes,
    Optional<LocationName> location,
    Optional<RequestId> requestId) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public CleanupDue {
    Components.required(scope, "scope");
    action = Components.optional(action);
    model = Components.optional(model);
    commit = Components.optional(commit);
    family = Components.optional(family);
    plan = Components.optional(plan);
    trash = Components.optional(trash);
    keepNewest = Components.optional(keepNewest);
    olderThanSeconds = Components.optional(olderThanSeconds);
    targetFreeBytes = Components.optional(targetFreeBytes);
    location = Components.optional(location);
    requestId = Components.optional(requestId);
  }

  /** A whole model at all its locations, under an id. */
  public static CleanupDue ofModel(ModelName model, CleanupAction action, RequestId id) {
    return new CleanupDue(
        CleanupScope.MODEL,
        Optional.of(action),
        Optional.of(model),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(id));
  }
}
