package io.modeldepot.events.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * Asks for a backup, or for work on the backups there are.
 *
 * @param action default backup
 * @param scope default all
 * @param family family
 * @param model model
 * @param backup with pin and unpin; with drill which, with diff the first of two
 * @param against with diff: the second
 * @param reason with pin
 * @param dryRun dryRun
 * @param read with check: {@code all} reads every block, {@code 2/7} the second of seven parts;
 *     default: none, the structure alone
 * @param target a configured name, never a credential
 * @param location location
 * @param requestId requestId
 */
public record BackupDue(
    Optional<BackupAction> action,
    Optional<BackupScope> scope,
    Optional<FamilyName> family,
    Optional<ModelName> model,
    Optional<String> backup,
    Optional<String> against,
    Optional<String> reason,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean dryRun,
    Optional<String> read,
    Optional<String> target,
    Optional<LocationName> location,
    Optional<RequestId> requestId) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public BackupDue {
    action = Components.optional(action);
    scope = Components.optional(scope);
    family = Components.optional(family);
    model = Components.optional(model);
    backup = Components.optional(backup);
    against = Components.optional(against);
    reason = Components.optional(reason);
    read = Components.optional(read);
    target = Components.optional(target);
    location = Components.optional(location);
    requestId = Components.optional(requestId);
  }
}
