package io.modeldepot.placement.whatif;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.explain.Reason;
import io.modeldepot.placement.explain.Reasons;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes proposals. No plan leaves it that breaks a rule. */
public final class Planner {
  private static final long SEED = 1;

  private final Supplier<Effort> effort;
  private final Solver solver = new Solver();

  /**
   * @param effort how hard to try, for each plan anew
   */
  public Planner(Supplier<Effort> effort) {
    this.effort = effort;
  }

  /**
   * The plan for this scenario with all there is to say about it.
   *
   * @throws IllegalStateException if the solver breaks a rule, which is a fault of ours
   */
  public Proposal propose(Scenario scenario) {
    return explained(scenario, plan(scenario));
  }

  /** The plan alone; as {@link #propose}. */
  Plan plan(Scenario scenario) {
    Plan plan =
        solver.plan(scenario.fleet(), scenario.demands(), scenario.running(), effort.get(), SEED);
    List<String> broken = broken(scenario, plan.placed());
    if (!broken.isEmpty()) {
      throw new IllegalStateException("The solver broke a rule: " + String.join("; ", broken));
    }
    return plan;
  }

  /**
   * A plan that was made before, or elsewhere, for this scenario; empty if it breaks a rule here.
   *
   * @param bound no plan can serve more
   */
  public static Optional<Proposal> made(Scenario scenario, Assignments placed, long bound) {
    long value = placed.all().stream().mapToLong(one -> one.option().value()).sum();
    if (value > bound || !broken(scenario, placed).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        explained(scenario, new Plan(placed, unplaced(scenario, placed), value, bound)));
  }

  private static List<ReplicaId> unplaced(Scenario scenario, Assignments placed) {
    return scenario.demands().stream()
        .flatMap(
            demand ->
                IntStream.range(0, demand.replicas())
                    .mapToObj(number -> new ReplicaId(demand.model(), number)))
        .filter(replica -> placed.find(replica).isEmpty())
        .toList();
  }

  private static List<String> broken(Scenario scenario, Assignments placed) {
    return Rules.violations(
        new Situation(scenario.fleet(), scenario.demands(), scenario.running(), placed));
  }

  static Proposal explained(Scenario scenario, Plan plan) {
    Reasons reasons = new Reasons(scenario, plan);
    Map<ModelName, Reason> byModel = new HashMap<>();
    for (Demand demand : scenario.demands()) {
      byModel.put(demand.model(), reasons.of(demand));
    }
    return new Proposal(
        scenario, plan, Difference.between(scenario.running(), plan.placed()), byModel);
  }

  /** What would move where if a GPU were drained. */
  public Proposal previewDrain(Scenario scenario, GpuId gpu, String reason) {
    Condition drained = new Condition.Drained(Optional.empty(), reason);
    return propose(scenario.on(scenario.fleet().with(gpu, it -> it.in(drained))));
  }
}
