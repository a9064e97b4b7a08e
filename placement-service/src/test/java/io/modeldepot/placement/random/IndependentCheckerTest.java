package io.modeldepot.placement.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.random.Damage.Spoiled;
import io.modeldepot.placement.random.RandomSite.Kind;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A checker that never fails proves nothing: every kind of damage is done, and must be found. */
class IndependentCheckerTest {
  private static final long SEED = Long.getLong("depot.placement.seed", System.nanoTime());
  private static final int SITES = 150;
  private static final int OFTEN_ENOUGH = 5;

  @Test
  void everyDamageIsFoundAndNamed() {
    Map<Damage, Integer> done = new EnumMap<>(Damage.class);
    for (long seed = SEED; seed < SEED + SITES; seed++) {
      Spoiled whole = planned(seed);
      assertThat(whole.findings()).as("site %d", seed).isEmpty();
      for (Damage damage : Damage.values()) {
        Optional<Spoiled> spoiled = damage.to(whole);
        if (spoiled.isPresent()) {
          done.merge(damage, 1, Integer::sum);
          assertThat(spoiled.get().findings())
              .as("%s, site %d", damage, seed)
              .anyMatch(finding -> finding.contains(damage.expected()));
        }
      }
    }
    for (Damage damage : Damage.values()) {
      assertThat(done.getOrDefault(damage, 0))
          .as("how often there was something for %s to spoil, run %d", damage, SEED)
          .isGreaterThanOrEqualTo(OFTEN_ENOUGH);
    }
  }

  @Test
  void movingForNothingAndServingLessAreWorseThanStandingStill() {
    int moved = 0;
    int stopped = 0;
    for (long seed = SEED; seed < SEED + SITES; seed++) {
      Spoiled whole = planned(seed);
      Assignments running = whole.plan().placed();
      assertThat(StandingStill.check(whole.site(), running, whole.plan())).isEmpty();
      Optional<Spoiled> elsewhere = whole.any().flatMap(one -> toAnotherGpu(whole, one));
      if (elsewhere.isPresent()) {
        moved++;
        assertThat(StandingStill.check(whole.site(), running, elsewhere.get().plan()))
            .as("site %d", seed)
            .isNotEmpty();
      }
      if (whole.any().isPresent()) {
        stopped++;
        assertThat(StandingStill.check(whole.site(), running, without(whole.plan())))
            .as("site %d", seed)
            .isNotEmpty();
      }
    }
    assertThat(moved).isGreaterThanOrEqualTo(OFTEN_ENOUGH);
    assertThat(stopped).isGreaterThanOrEqualTo(OFTEN_ENOUGH);
  }

  private static Spoiled planned(long seed) {
    RandomSite site = RandomSite.of(seed, 12, 10, Kind.EVERYTHING);
    Plan plan =
        Solver.solve(site.fleet(), site.demands(), Assignments.NONE, Effort.steps(100, 100), seed);
    return new Spoiled(site, Assignments.NONE, plan);
  }

  /** Where it could be as well, so that nothing but the move speaks against it. */
  private static Optional<Spoiled> toAnotherGpu(Spoiled whole, Assignment one) {
    Demand demand = whole.demandOf(one);
    if (one.gpus().size() > 1 || demand.replicas() > 1) {
      return Optional.empty();
    }
    for (FleetGpu gpu : whole.site().fleet().gpus()) {
      Spoiled there =
          whole.replacing(
              it ->
                  it.equals(one)
                      ? new Assignment(it.replica(), it.option(), List.of(gpu.id()), it.perGpu())
                      : it);
      if (!gpu.id().equals(one.gpus().getFirst()) && there.findings().isEmpty()) {
        return Optional.of(there);
      }
    }
    return Optional.empty();
  }

  private static Plan without(Plan plan) {
    Assignment first = plan.placed().all().getFirst();
    List<Assignment> rest = new ArrayList<>(plan.placed().all());
    rest.remove(first);
    List<ReplicaId> unplaced = new ArrayList<>(plan.unplaced());
    unplaced.add(first.replica());
    return new Plan(
        new Assignments(rest), unplaced, plan.value() - first.option().value(), plan.bound());
  }
}
