package io.modeldepot.placement.plan;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.Sorted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a plan is made from.
 *
 * @param fleet the GPUs
 * @param demands what is asked for, by model
 * @param running what runs now
 */
public record Scenario(Fleet fleet, List<Demand> demands, Assignments running) {

  /** Sorts. */
  public Scenario {
    demands = demands.stream().sorted((a, b) -> a.model().compareTo(b.model())).toList();
  }

  /** What is asked for of a model. */
  public Optional<Demand> demand(ModelName model) {
    return Sorted.find(demands, Demand::model, model);
  }

  /** The same with other GPUs. */
  public Scenario on(Fleet other) {
    return new Scenario(other, demands, running);
  }

  /** The same with this demand instead of, or beside, those there are. */
  public Scenario asking(Demand demand) {
    List<Demand> all = new ArrayList<>(without(demand.model()).demands);
    all.add(demand);
    return new Scenario(fleet, all, running);
  }

  /** The same without this model. */
  public Scenario without(ModelName model) {
    return new Scenario(
        fleet, demands.stream().filter(it -> !it.model().equals(model)).toList(), running);
  }

  /**
   * A digest of it: a plan for one scenario is a plan for another exactly if they have the same.
   * Measurements of what runs make no difference.
   */
  public String fingerprint() {
    return Fingerprint.of(this);
  }
}
