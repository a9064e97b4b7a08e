package io.modeldepot.placement.rest;

import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.site.DemandReading;
import java.util.Optional;

/** Reads what is wished of a model by its verified files, whatever the catalog asks of it. */
@FunctionalInterface
interface Wishes {

  /** Empty if the catalog has no such model, or no location has verified files of it. */
  Optional<DemandReading> read(ModelName model, PlacementDemand wish);

  /**
   * What that wish asks for.
   *
   * @throws PlacementProblem if the model cannot be planned with
   */
  default Demand demand(String model, PlacementDemand wish) {
    if (!model.matches(ModelName.PATTERN)) {
      throw new PlacementProblem(
          ProblemCode.UNKNOWN_MODEL, "The catalog has no \"" + model + "\".");
    }
    return switch (read(ModelName.of(model), wish).orElse(null)) {
      case null ->
          throw new PlacementProblem(
                  ProblemCode.NOT_PRESENT,
                  "No verified files of " + model + " can be planned with.")
              .helpedBy(Remedy.cli("Bring its files", "download " + model));
      case DemandReading.Unplannable not ->
          throw new PlacementProblem(
                  ProblemCode.NOT_PRESENT, model + " cannot be planned with. " + not.why())
              .helpedBy(Remedy.cli("See its versions", "status " + model));
      case DemandReading.Asked asked -> asked.demand();
    };
  }
}
