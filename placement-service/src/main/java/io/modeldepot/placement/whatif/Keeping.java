package io.modeldepot.placement.whatif;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans as they go into force by themselves: what runs and may stay is stopped for others only
 * where each of these has a higher priority. Within what its demand allows, fewer users or a
 * shorter context, it gives way as soon as that serves more. A person may still apply the plan that
 * would serve the most.
 */
public final class Keeping {
  private final Planner planner;

  public Keeping(Planner planner) {
    this.planner = planner;
  }

  /**
   * The best plan if it wrongs nobody, else one in which those who come later take what is left.
   */
  public Proposal propose(Scenario scenario) {
    Plan best = planner.plan(scenario);
    Set<ModelName> wronged = wronged(scenario, best);
    if (wronged.isEmpty()) {
      return Planner.explained(scenario, best);
    }
    int priority =
        wronged.stream()
            .flatMap(model -> scenario.demand(model).stream())
            .mapToInt(Demand::priority)
            .max()
            .orElse(0);
    List<Demand> later =
        scenario.demands().stream()
            .filter(it -> it.priority() <= priority)
            .filter(it -> scenario.running().of(it.model()).isEmpty())
            .toList();
    Scenario without = without(scenario, later);
    Plan others = planner.plan(without);
    Assignments first =
        wronged(without, others).isEmpty()
            ? others.placed()
            : new Assignments(List.copyOf(keepable(scenario)));
    long bound = best.bound();
    return Planner.made(scenario, filled(scenario, first), bound)
        .or(() -> Planner.made(scenario, first, bound))
        .orElseGet(() -> Planner.explained(scenario, best));
  }

  /** The models that run, may stay, and are stopped for the sake of what is worth no more. */
  private static Set<ModelName> wronged(Scenario scenario, Plan plan) {
    Set<ModelName> wronged = new HashSet<>();
    List<Difference> differences = Difference.between(scenario.running(), plan.placed());
    if (differences.stream().noneMatch(Difference.Stopped.class::isInstance)) {
      return wronged;
    }
    Set<Assignment> keepable = new HashSet<>(keepable(scenario));
    for (Difference one : differences) {
      if (one instanceof Difference.Stopped stopped && keepable.contains(stopped.from())) {
        ModelName model = one.replica().model();
        int priority = scenario.demand(model).map(Demand::priority).orElse(0);
        boolean worthIt =
            scenario.demands().stream()
                .filter(it -> !it.model().equals(model))
                .filter(it -> gains(it.model(), scenario, plan))
                .allMatch(it -> it.priority() > priority);
        if (!worthIt) {
          wronged.add(model);
        }
      }
    }
    return wronged;
  }

  private static boolean gains(ModelName model, Scenario scenario, Plan plan) {
    return value(plan.placed().of(model)) > value(scenario.running().of(model));
  }

  private static long value(List<Assignment> assignments) {
    return assignments.stream().mapToLong(one -> one.option().value()).sum();
  }

  /** What runs and breaks no rule where it is, all of it together. */
  private static List<Assignment> keepable(Scenario scenario) {
    Assignments running = scenario.running();
    if (Rules.violations(new Situation(scenario.fleet(), scenario.demands(), running, running))
        .isEmpty()) {
      return running.all();
    }
    List<Assignment> alone = running.all().stream().filter(one -> mayStay(one, scenario)).toList();
    Map<GpuId, Long> taken = new Assignments(alone).bytesByGpu();
    return alone.stream()
        .filter(
            one ->
                one.gpus().stream()
                    .flatMap(gpu -> scenario.fleet().find(gpu).stream())
                    .allMatch(gpu -> taken.getOrDefault(gpu.id(), 0L) <= gpu.plannableBytes()))
        .toList();
  }

  /** By its own demand and GPUs alone, which is as much as one assignment can break. */
  private static boolean mayStay(Assignment one, Scenario scenario) {
    List<FleetGpu> gpus =
        one.gpus().stream().flatMap(gpu -> scenario.fleet().find(gpu).stream()).toList();
    Assignments only = new Assignments(List.of(one));
    return gpus.size() == one.gpus().size()
        && Rules.violations(
                new Situation(
                    new Fleet(gpus),
                    scenario.demand(one.replica().model()).stream().toList(),
                    only,
                    only))
            .isEmpty();
  }

  /** The same, and what of the others fits beside it. */
  private Assignments filled(Scenario scenario, Assignments placed) {
    Map<GpuId, Long> taken = placed.bytesByGpu();
    List<FleetGpu> left =
        scenario.fleet().gpus().stream()
            .map(gpu -> without(gpu, taken.getOrDefault(gpu.id(), 0L)))
            .toList();
    List<Demand> others =
        scenario.demands().stream().filter(it -> placed.of(it.model()).isEmpty()).toList();
    List<Assignment> all = new ArrayList<>(placed.all());
    all.addAll(
        planner.plan(new Scenario(new Fleet(left), others, Assignments.NONE)).placed().all());
    return new Assignments(all);
  }

  private static FleetGpu without(FleetGpu gpu, long bytes) {
    long kept = gpu.reservation().map(Reservation::bytes).orElse(0L) + bytes;
    return kept == 0
        ? gpu
        : gpu.reserving(new Reservation(kept, Optional.empty(), "what runs there"));
  }

  private static Scenario without(Scenario scenario, List<Demand> demands) {
    return new Scenario(
        scenario.fleet(),
        scenario.demands().stream().filter(it -> !demands.contains(it)).toList(),
        scenario.running());
  }
}
