package io.modeldepot.placement.intake;

import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.site.Proposals;
import io.modeldepot.placement.site.ProposedReading;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import java.util.List;
import java.util.Optional;

/** Whether a plan can be put in force: the one answer for who asks and for who leads. */
public sealed interface Applicable {

  /** It can. */
  record Yes(Proposal proposal) implements Applicable {}

  /**
   * It cannot.
   *
   * @param why in words
   */
  record No(String why) implements Applicable {}

  /** Of a plan by its number, on the site as it is; it never means a plan that nobody has seen. */
  static Applicable of(long number, Proposals known, Scenario site) {
    List<PlanProposed> meant = known.find(number);
    if (meant.isEmpty()) {
      return new No(
          "Plan %d is not known: it is older than a day, or was made for a site that only might be."
              .formatted(number));
    }
    if (meant.size() > 1) {
      return new No(
          "Two planners gave the number %d at the same time; nobody can tell which plan is meant."
              .formatted(number));
    }
    PlanProposed record = meant.getFirst();
    Optional<Assignments> placed = ProposedReading.of(record, site);
    if (placed.isEmpty()) {
      return new No("Plan %d is stale: the site has changed since it was made.".formatted(number));
    }
    return Planner.made(site, placed.get(), record.bound())
        .<Applicable>map(Yes::new)
        .orElseGet(
            () ->
                new No(
                    "Plan %d is stale: by what is known now it would break a rule."
                        .formatted(number)));
  }
}
