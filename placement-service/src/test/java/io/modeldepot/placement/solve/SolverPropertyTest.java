package io.modeldepot.placement.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.random.Drawn;
import io.modeldepot.placement.random.IndependentChecker;
import io.modeldepot.placement.random.RandomSite;
import io.modeldepot.placement.random.RandomSite.Kind;
import io.modeldepot.placement.random.StandingStill;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.whatif.Planner;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of sites, each planned from nothing and again after it has changed. {@code
 * -Ddepot.placement.rounds} makes a run longer ({@code make property-placement}: 100,000), {@code
 * -Ddepot.placement.seed} repeats it, {@code -Ddepot.placement.site} repeats one site of it.
 */
class SolverPropertyTest {
  private static final long SEED = Long.getLong("depot.placement.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("depot.placement.rounds", 600);
  private static final int ENOUGH_TO_SEE_EVERYTHING = 500;
  private static final int SITES_BETWEEN_WORDS = 5_000;
  private static final int ENOUGH_FAILURES = 10;
  private static final int ONE_IN_SO_MANY_IS_EXPLAINED = 16;
  private static final int ONE_IN_SO_MANY_IS_LARGER = 64;

  @Test
  void noPlanBreaksARuleAndNoGpuIsOversold() {
    Long one = Long.getLong("depot.placement.site");
    Drawn drawn = new Drawn();
    long since = System.nanoTime();
    long[] sites =
        one == null ? new SplittableRandom(SEED).longs(ROUNDS).toArray() : new long[] {one};

    Queue<String> failures = new ConcurrentLinkedQueue<>();
    AtomicInteger done = new AtomicInteger();
    LongStream.of(sites)
        .parallel()
        .filter(site -> failures.size() < ENOUGH_FAILURES)
        .forEach(
            site -> {
              round(site, drawn, failures);
              if (done.incrementAndGet() % SITES_BETWEEN_WORDS == 0) {
                System.out.printf("%s sites of run %d, failures: %s%n", done, SEED, failures);
              }
            });

    System.out.printf(
        "%d sites, run %d, %.0f s: %s%n",
        sites.length, SEED, (System.nanoTime() - since) / 1e9, drawn);
    assertThat(failures).isEmpty();
    if (sites.length >= ENOUGH_TO_SEE_EVERYTHING) {
      assertThat(drawn.neverSeen()).as("run %d", SEED).isEmpty();
    }
  }

  @Test
  void whatRunsStaysWhereNothingChanges() {
    Random random = new Random(SEED);
    for (int round = 0; round < Math.min(60, ROUNDS); round++) {
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

  /** One that fails does not hide the others. */
  private static void round(long seed, Drawn drawn, Queue<String> failures) {
    try {
      round(seed, drawn);
    } catch (AssertionError | RuntimeException e) {
      failures.add("-Ddepot.placement.site=%d (run %d): %s".formatted(seed, SEED, e));
    }
  }

  private static void round(long seed, Drawn drawn) {
    Random random = new Random(seed);
    int larger = random.nextInt(ONE_IN_SO_MANY_IS_LARGER) == 0 ? 5 : 1;
    int models = random.nextInt(15 * larger);
    int gpus = random.nextInt(13 * larger);
    RandomSite site = RandomSite.of(random.nextLong(), models, gpus, Kind.EVERYTHING);
    Plan first = solve(site, Assignments.NONE, seed);
    check(site, Assignments.NONE, first, "planned from nothing", drawn);

    RandomSite troubled = site.later(random.nextLong());
    Plan second = solve(troubled, first.placed(), seed);
    check(troubled, first.placed(), second, "in other troubles", drawn);
    assertThat(StandingStill.check(troubled, first.placed(), second)).isEmpty();

    RandomSite other = RandomSite.of(random.nextLong(), models, gpus, Kind.EVERYTHING);
    Assignments running =
        random.nextInt(4) == 0 ? other.madeByHand(random.nextLong()) : second.placed();
    Plan third =
        random.nextInt(ONE_IN_SO_MANY_IS_EXPLAINED) == 0
            ? explained(other, running)
            : solve(other, running, seed);
    check(other, running, third, "in another world", drawn);
  }

  /** As the service does it: with a reason for every model. */
  private static Plan explained(RandomSite site, Assignments running) {
    return new Planner(SolverPropertyTest::effort)
        .propose(new Scenario(site.fleet(), site.demands(), running))
        .plan();
  }

  private static Plan solve(RandomSite site, Assignments before, long seed) {
    return Solver.solve(site.fleet(), site.demands(), before, effort(), seed);
  }

  private static Effort effort() {
    return Effort.steps(150, 1_000);
  }

  private static void check(
      RandomSite site, Assignments before, Plan plan, String which, Drawn drawn) {
    assertThat(IndependentChecker.check(site, before, plan)).as(which).isEmpty();
    assertThat(Rules.violations(new Situation(site.fleet(), site.demands(), before, plan.placed())))
        .as(which)
        .isEmpty();
    drawn.count(site, before, plan);
  }
}
