package io.modeldepot.events.command;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * Asks for a backup to be restored.
 *
 * @param backup id of the backup
 * @param scope default all
 * @param family family
 * @param model model
 * @param commit commit
 * @param to directory; default: the store
 * @param location location
 * @param requestId requestId
 */
public record RestoreRequested(
    String backup,
    Optional<BackupScope> scope,
    Optional<FamilyName> family,
    Optional<ModelName> model,
    Optional<CommitId> commit,
    Optional<String> to,
    Optional<LocationName> location,
    Optional<RequestId> requestId) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public RestoreRequested {
    Components.required(backup, "backup");
    scope = Components.optional(scope);
    family = Components.optional(family);
    model = Components.optional(model);
    commit = Components.optional(commit);
    to = Components.optional(to);
    location = Components.optional(location);
    requestId = Components.optional(requestId);
  }
}
