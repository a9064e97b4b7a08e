package io.modeldepot.placement.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.random.RandomSite;
import io.modeldepot.placement.random.RandomSite.Kind;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateTest {
  private static final long SEED = Long.getLong("depot.placement.seed", System.nanoTime());

  @Test
  void whatItCountsAsItGoesIsWhatTheRulesCountAtTheEnd() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      long seed = random.nextLong();
      RandomSite first = RandomSite.of(seed, 8, 8, Kind.EVERYTHING);
      RandomSite site =
          new RandomSite(RandomSite.of(seed + 1, 8, 8, Kind.EVERYTHING).fleet(), first.demands());
      Assignments before =
          Solver.solve(first.fleet(), first.demands(), Assignments.NONE, Effort.steps(50, 0), seed)
              .placed();
      Plan plan = Solver.solve(site.fleet(), site.demands(), before, Effort.steps(100, 0), seed);
      Problem problem = ProblemReader.read(site.fleet(), site.demands(), before, Memory.NONE);

      State state = new State(problem);
      for (int item = 0; item < problem.items.length; item++) {
        place(state, item, plan);
      }

      long rules =
          Rules.softCost(new Situation(site.fleet(), site.demands(), before, plan.placed()));
      assertThat(state.soft()).as("run %d, site %d", SEED, seed).isEqualTo(rules);
      assertThat(state.value()).as("run %d, site %d", SEED, seed).isEqualTo(plan.value());
      state.undoTo(0);
      assertThat(state.soft()).as("run %d, site %d", SEED, seed).isZero();
    }
  }

  private static void place(State state, int item, Plan plan) {
    Problem problem = state.problem;
    Item one = problem.items[item];
    plan.placed()
        .find(one.replica())
        .ifPresent(
            placed -> {
              int option = one.choices().options().indexOf(placed.option());
              int[] gpus =
                  placed.gpus().stream()
                      .mapToInt(
                          id ->
                              problem.gpus.indexOf(
                                  problem.gpus.stream()
                                      .filter(gpu -> gpu.id().equals(id))
                                      .findFirst()
                                      .orElseThrow()))
                      .toArray();
              state.place(item, option, gpus);
            });
  }
}
