package io.modeldepot.placement.rest;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.ShapeReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Would a model fit whose files are not here?
 *
 * @param model which
 * @param profile what its publisher says of it
 * @param users at the same time
 * @param contextTokens of each of them
 * @param variant to serve it in; as published where it is missing
 */
public record FitRequest(
    ModelName model, ModelProfile profile, int users, int contextTokens, Optional<String> variant) {
  /** Of no version; a demand has one. */
  private static final CommitId NONE = CommitId.of("0".repeat(40));

  /** Refuses what is missing. */
  public FitRequest {
    Components.required(model, "model");
    Components.required(profile, "profile");
    variant = Components.optional(variant);
  }

  /** As if it were here. */
  Demand demand() {
    if (users < 1 || contextTokens < 1) {
      throw new PlacementProblem(ProblemCode.INVALID, "At least one user and one token.");
    }
    return switch (ShapeReading.of(profile)) {
      case ShapeReading.Unknown unknown ->
          throw new PlacementProblem(
              ProblemCode.INVALID,
              "/profile: missing are " + String.join(", ", unknown.missing()) + ".");
      case ShapeReading.Known known ->
          new Demand(
              model,
              NONE,
              "",
              Set.of(LocationName.of("default")),
              known.shape(),
              new Range(users, users),
              new Range(contextTokens, contextTokens),
              List.of(),
              Demand.USUAL_PRIORITY,
              1,
              Optional.empty(),
              Set.of(),
              Calibrations.NONE);
    };
  }
}
