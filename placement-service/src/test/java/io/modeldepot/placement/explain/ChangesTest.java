package io.modeldepot.placement.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.random.RandomSite;
import io.modeldepot.placement.random.RandomSite.Kind;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final long SEED = Long.getLong("depot.placement.seed", System.nanoTime());

  @Test
  void everyChangeThatIsNamedMakesRoomWithoutBreakingARule() {
    Random random = new Random(SEED);
    Set<Class<?>> seen = new HashSet<>();
    int proven = 0;
    for (int round = 0; round < 300; round++) {
      long seed = random.nextLong();
      RandomSite site = RandomSite.of(seed, 10, 5, Kind.EVERYTHING);
      Scenario scenario = new Scenario(site.fleet(), site.demands(), Assignments.NONE);
      Plan plan =
          Solver.solve(site.fleet(), scenario.demands(), Assignments.NONE, Effort.steps(100, 0), 1);
      for (Demand demand : scenario.demands()) {
        if (!plan.placed().of(demand.model()).isEmpty()) {
          continue;
        }
        for (Change change : Changes.toPlace(demand, scenario, plan.placed())) {
          assertThat(makesRoom(change, demand.model(), scenario, plan))
              .as("run %d, site %d, %s: %s", SEED, seed, demand.model(), change.say())
              .isTrue();
          seen.add(change.getClass());
          proven++;
        }
      }
    }
    assertThat(proven).isGreaterThan(300);
    assertThat(seen).hasSizeGreaterThan(6);
  }

  /** By trying every way on every GPU, and letting the rules judge. */
  private static boolean makesRoom(Change change, ModelName model, Scenario scenario, Plan plan) {
    Scenario after = change.applyTo(scenario);
    List<Assignment> others = new ArrayList<>(plan.placed().all());
    if (change instanceof Change.StopModel stop) {
      others.removeIf(one -> one.replica().model().equals(stop.other()));
    }
    Demand demand = after.demand(model).orElseThrow();
    for (Option option : Options.of(demand, 1)) {
      for (FleetGpu gpu : after.fleet().gpus()) {
        List<Assignment> all = new ArrayList<>(others);
        all.add(
            new Assignment(
                new ReplicaId(model, 0),
                option,
                List.of(gpu.id()),
                demand.memoryOn(gpu.kind()).breakdown(option.ask())));
        Situation situation =
            new Situation(after.fleet(), after.demands(), Assignments.NONE, new Assignments(all));
        if (Rules.violations(situation).stream().allMatch(what -> isAboutOthers(what, model))) {
          return true;
        }
      }
    }
    return false;
  }

  /** One host more may part the replicas of another model, which then has to move. */
  private static boolean isAboutOthers(String violation, ModelName model) {
    return violation.startsWith("replicas: ")
        && !violation.contains("replicas of " + model + " are");
  }
}
