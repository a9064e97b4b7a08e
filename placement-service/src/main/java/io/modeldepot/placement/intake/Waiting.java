package io.modeldepot.placement.intake;

import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.site.Proposals;
import io.modeldepot.placement.site.ProposedReading;
import io.modeldepot.placement.whatif.Difference;
import java.util.Optional;

/**
 * A plan that changes something and waits for somebody to put it in force.
 *
 * @param plan its number
 * @param changes how many replicas would start, stop or move
 */
public record Waiting(long plan, int changes) {

  /** The last plan that was made for the site as it is, if it would change anything. */
  static Optional<Waiting> of(Proposals known, Scenario site) {
    for (PlanProposed proposed : known.lastFirst()) {
      Optional<Assignments> placed = ProposedReading.of(proposed, site);
      if (placed.isPresent()) {
        int changes = Difference.between(site.running(), placed.get()).size();
        boolean applicable =
            changes > 0 && Applicable.of(proposed.plan(), known, site) instanceof Applicable.Yes;
        return applicable ? Optional.of(new Waiting(proposed.plan(), changes)) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
