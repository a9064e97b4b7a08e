package io.modeldepot.placement.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.random.IndependentChecker;
import io.modeldepot.placement.random.RandomSite;
import io.modeldepot.placement.random.RandomSite.Kind;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Thousands of sites. {@code -Ddepot.placement.seed} repeats a run, {@code
 * -Ddepot.placement.rounds} makes it longer.
 */
class SolverPropertyTest {
  private static final long SEED = Long.getLong("depot.placement.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("depot.placement.rounds", 600);

  @Test
  void noPlanBreaksARuleAndNoGpuIsOversold() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      long seed = random.nextLong();
      int models = 1 + random.nextInt(14);
      int gpus = 1 + random.nextInt(12);
      RandomSite site = RandomSite.of(seed, models, gpus, Kind.EVERYTHING);
      String which = "run %d, site %d (%d models, %d GPUs)".formatted(SEED, seed, models, gpus);

      Plan first = solve(site, Assignments.NONE, seed);
      check(site, Assignments.NONE, first, which);

      RandomSite changed = RandomSite.of(random.nextLong(), models, gpus, Kind.EVERYTHING);
      RandomSite later = new RandomSite(changed.fleet(), site.demands());
      Plan second = solve(later, first.placed(), seed);
      check(later, first.placed(), second, which + ", changed");
    }
  }

  @Test
  void whatRunsStaysWhereNothingChanges() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS / 10; round++) {
      long seed = random.nextLong();
      RandomSite site = RandomSite.of(seed, 8, 6, Kind.PLAIN);
      Plan first = solve(site, Assignments.NONE, seed);
      Plan second = solve(site, first.placed(), seed + 1);

      assertThat(second.value())
          .as("run %d, site %d", SEED, seed)
          .isGreaterThanOrEqualTo(first.value());
      if (second.value() == first.value()) {
        assertThat(second.placed()).as("run %d, site %d", SEED, seed).isEqualTo(first.placed());
      }
    }
  }

  @Test
  void oneSeedGivesOnePlan() {
    RandomSite site = RandomSite.of(SEED, 30, 16, Kind.EVERYTHING);

    assertThat(solve(site, Assignments.NONE, 7)).isEqualTo(solve(site, Assignments.NONE, 7));
  }

  private static Plan solve(RandomSite site, Assignments before, long seed) {
    return Solver.solve(site.fleet(), site.demands(), before, Effort.steps(150, 1_000), seed);
  }

  private static void check(RandomSite site, Assignments before, Plan plan, String which) {
    assertThat(IndependentChecker.check(site, before, plan)).as(which).isEmpty();
    assertThat(Rules.violations(new Situation(site.fleet(), site.demands(), before, plan.placed())))
        .as(which)
        .isEmpty();
  }
}
