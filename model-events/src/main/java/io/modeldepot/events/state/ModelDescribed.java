package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.UpdatePolicy;
import java.util.List;
import java.util.Optional;

/**
 * The catalog entry of a model: what is wanted of it.
 *
 * @param model model
 * @param family family
 * @param repository absent for adopted and imported models
 * @param displayName displayName
 * @param useCase useCase
 * @param licence licence
 * @param branch default main
 * @param pin pin
 * @param update update
 * @param keepVersions keepVersions
 * @param active active
 * @param locations locations
 * @param profile profile
 * @param placement placement
 * @param spread how the locations are chosen; absent: they are as named
 * @param generation at least 1 on the topic; 0 for an entry that was not announced yet
 */
public record ModelDescribed(
    ModelName model,
    FamilyName family,
    Optional<RepositoryId> repository,
    String displayName,
    Optional<String> useCase,
    Optional<String> licence,
    Optional<String> branch,
    Optional<CommitId> pin,
    UpdatePolicy update,
    @JsonProperty(required = true) int keepVersions,
    @JsonProperty(required = true) boolean active,
    List<LocationName> locations,
    Profile profile,
    Optional<PlacementDemand> placement,
    Optional<Spread> spread,
    @JsonProperty(required = true) long generation) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelDescribed {
    Components.required(model, "model");
    Components.required(family, "family");
    repository = Components.optional(repository);
    Components.required(displayName, "displayName");
    useCase = Components.optional(useCase);
    licence = Components.optional(licence);
    branch = Components.optional(branch);
    pin = Components.optional(pin);
    Components.required(update, "update");
    locations = Components.list(locations);
    Components.required(profile, "profile");
    placement = Components.optional(placement);
    spread = Components.optional(spread);
    // Who would read 0 as a wish would remove the last version.
    Components.positive(keepVersions, "keepVersions");
    Components.notNegative(generation, "generation");
  }

  /** An entry whose locations are as named. */
  public ModelDescribed(
      ModelName model,
      FamilyName family,
      Optional<RepositoryId> repository,
      String displayName,
      Optional<String> useCase,
      Optional<String> licence,
      Optional<String> branch,
      Optional<CommitId> pin,
      UpdatePolicy update,
      int keepVersions,
      boolean active,
      List<LocationName> locations,
      Profile profile,
      Optional<PlacementDemand> placement,
      long generation) {
    this(
        model,
        family,
        repository,
        displayName,
        useCase,
        licence,
        branch,
        pin,
        update,
        keepVersions,
        active,
        locations,
        profile,
        placement,
        Optional.empty(),
        generation);
  }
}
