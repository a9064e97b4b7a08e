package io.modeldepot.placement.intake;

import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.whatif.Keeping;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;

/** Whether a plan goes into force by itself. */
public enum ApplyPolicy {
  /** It does; what runs is stopped for nobody of the same or a lower priority. */
  AUTOMATIC,
  /** It is proposed, and waits for a command that names it. */
  APPROVE;

  /** The plan that would be made of this. */
  Proposal plan(Planner planner, Scenario scenario) {
    return switch (this) {
      case AUTOMATIC -> new Keeping(planner).propose(scenario);
      case APPROVE -> planner.propose(scenario);
    };
  }
}
