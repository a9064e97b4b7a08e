package io.modeldepot.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.benchmarks.drawn.DrawnSite;
import io.modeldepot.benchmarks.drawn.Trouble;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Six models on two GPUs, where CP-SAT proves what the best plan serves. */
class OracleTest {
  private static final long SEED = Long.getLong("depot.placement.seed", 1);
  private static final int SITES = 100;
  private static final int TROUBLED = 20;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @BeforeAll
  static void theOracleIsThere() {
    Optional<String> missing = CpSat.missing();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
  }

  @Test
  void theSolverServesWhatTheOracleProvesToBeTheMost() {
    for (long seed = SEED; seed < SEED + SITES; seed++) {
      DrawnSite site = DrawnSite.overloaded(seed, 6, 2);

      assertThat(compare(site, "site " + seed)).as("site %d", seed).isZero();
    }
  }

  @Test
  void whatItProvesIsTrueWithPinsDrainsSlicesAndEnmitiesToo() {
    for (long seed = SEED; seed < SEED + TROUBLED; seed++) {
      Trouble trouble = new Trouble(seed);
      DrawnSite plain = DrawnSite.overloaded(seed, 6, 3);
      DrawnSite site = trouble.apart(trouble.pinned(plain, 3), 2);
      site = seed % 2 == 0 ? trouble.drained(site, 3) : trouble.sliced(site, 3);

      assertThat(compare(site, "troubled site " + seed)).as("troubled site %d", seed).isZero();
    }
  }

  /** How much less the solver serves than can be; what it says no plan exceeds, none does. */
  private static long compare(DrawnSite site, String which) {
    Instance instance = new Instance(site);
    CpSat.Found best =
        CpSat.solve(instance, LONG_ENOUGH, Peer.BEST_FIT_BY_DENSITY.pack(instance).assignments());
    Plan plan =
        Solver.solve(
            site.fleet(), site.demands(), Assignments.NONE, Effort.steps(5_000, 3_000_000), 1);

    assertThat(best.proven()).as(which).isTrue();
    assertThat(violations(site, best.placed())).as(which).isEmpty();
    assertThat(plan.bound()).as(which).isGreaterThanOrEqualTo(best.value());
    for (Peer peer : Peer.values()) {
      Packing packing = peer.pack(instance);
      assertThat(violations(site, packing.assignments())).as(which).isEmpty();
      assertThat(packing.value()).as(which).isLessThanOrEqualTo(best.value());
    }
    return best.value() - plan.value();
  }

  private static List<String> violations(DrawnSite site, Assignments placed) {
    return Rules.violations(new Situation(site.fleet(), site.demands(), Assignments.NONE, placed));
  }
}
