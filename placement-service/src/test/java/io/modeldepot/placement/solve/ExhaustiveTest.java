package io.modeldepot.placement.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.random.RandomSite;
import io.modeldepot.placement.random.RandomSite.Kind;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Small sites, where every plan can be looked at. */
class ExhaustiveTest {
  private static final long SEED = Long.getLong("depot.placement.seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("depot.placement.rounds", 60);

  @Test
  void theBestOfAllPlansIsFoundProvenAndNeverAboveTheBound() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      long seed = random.nextLong();
      RandomSite site = small(seed, 1 + random.nextInt(4), 1 + random.nextInt(3));
      String which = "run %d, site %d".formatted(SEED, seed);

      long best = new Everything(site).best();
      Plan plan = solve(site, 100_000);

      assertThat(plan.value()).as(which).isEqualTo(best);
      assertThat(plan.bound()).as(which).isEqualTo(best);
      assertThat(solve(site, 0).bound()).as(which).isGreaterThanOrEqualTo(best);
    }
  }

  private static Plan solve(RandomSite site, int proof) {
    return Solver.solve(
        site.fleet(), site.demands(), Assignments.NONE, Effort.steps(300, proof), 1);
  }

  /** With few ways for each model, so that their product stays small. */
  private static RandomSite small(long seed, int models, int gpus) {
    RandomSite site = RandomSite.of(seed, models, gpus, Kind.EVERYTHING);
    return new RandomSite(
        site.fleet(),
        site.demands().stream()
            .map(
                demand ->
                    demand
                        .forUsers(
                            new Range(
                                Math.max(1, demand.users().wanted() - 2), demand.users().wanted()))
                        .withContext(Range.exactly(demand.contextTokens().wanted())))
            .toList());
  }

  /** Tries everything, and lets the rules judge. */
  private static final class Everything {
    private final RandomSite site;
    private final List<ReplicaId> replicas = new ArrayList<>();
    private final List<Demand> demandOf = new ArrayList<>();
    private long best;

    Everything(RandomSite site) {
      this.site = site;
      for (Demand demand : site.demands()) {
        for (int number = 0; number < demand.replicas(); number++) {
          replicas.add(new ReplicaId(demand.model(), number));
          demandOf.add(demand);
        }
      }
    }

    long best() {
      descend(0, new ArrayList<>(), 0);
      return best;
    }

    private void descend(int at, List<Assignment> chosen, long value) {
      best = Math.max(best, value);
      if (at == replicas.size()) {
        return;
      }
      for (Option option : Options.of(demandOf.get(at), 4)) {
        for (List<GpuId> gpus : subsets(option.ask().tensorParallel())) {
          FleetGpu first = site.fleet().find(gpus.getFirst()).orElseThrow();
          Breakdown bytes = demandOf.get(at).memoryOn(first.kind()).breakdown(option.ask());
          chosen.add(new Assignment(replicas.get(at), option, gpus, bytes));
          if (allowed(chosen)) {
            descend(at + 1, chosen, value + option.value());
          }
          chosen.removeLast();
        }
      }
      descend(at + 1, chosen, value);
    }

    private boolean allowed(List<Assignment> chosen) {
      return Rules.violations(
              new Situation(
                  site.fleet(), site.demands(), Assignments.NONE, new Assignments(chosen)))
          .isEmpty();
    }

    private List<List<GpuId>> subsets(int size) {
      List<GpuId> all = site.fleet().gpus().stream().map(FleetGpu::id).toList();
      List<List<GpuId>> found = new ArrayList<>();
      for (int mask = 1; mask < 1 << all.size(); mask++) {
        if (Integer.bitCount(mask) == size) {
          List<GpuId> subset = new ArrayList<>();
          for (int i = 0; i < all.size(); i++) {
            if ((mask & 1 << i) != 0) {
              subset.add(all.get(i));
            }
          }
          found.add(subset);
        }
      }
      return found;
    }
  }
}
