package io.modeldepot.placement.whatif;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.explain.Reason;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.Scenario;
import java.util.List;
import java.util.Map;

/**
 * A plan with all there is to say about it.
 *
 * @param scenario what it was made for
 * @param plan what it is
 * @param differences from what runs now
 * @param reasons for every model that is asked for
 */
public record Proposal(
    Scenario scenario, Plan plan, List<Difference> differences, Map<ModelName, Reason> reasons) {

  /** Copies. */
  public Proposal {
    differences = List.copyOf(differences);
    reasons = Map.copyOf(reasons);
  }
}
