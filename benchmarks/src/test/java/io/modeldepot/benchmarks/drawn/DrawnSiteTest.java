package io.modeldepot.benchmarks.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrawnSiteTest {
  private static final int MOST_SHARDS = 8;

  @Test
  void anOverloadedSiteAsksForMoreThanThereIsButNotForMoreThanTwice() {
    for (long seed = 1; seed <= 20; seed++) {
      for (int[] size : new int[][] {{6, 2}, {50, 16}, {200, 64}}) {
        DrawnSite site = DrawnSite.overloaded(seed, size[0], size[1]);

        assertThat(site.demands()).hasSize(size[0]);
        assertThat(site.fleet().gpus()).hasSize(size[1]);
        assertThat(site.load()).as("seed %d", seed).isBetween(1.2, 2.0);
      }
    }
  }

  @Test
  void aPerfectPackingBreaksNoRuleServesEverybodyInFullAndLeavesNothingFree() {
    for (long seed = 1; seed <= 20; seed++) {
      for (int[] size : new int[][] {{50, 16}, {200, 64}}) {
        PerfectPacking perfect = PerfectPacking.of(seed, size[0], size[1]);
        DrawnSite site = perfect.site();

        assertThat(
                Rules.violations(
                    new Situation(
                        site.fleet(), site.demands(), Assignments.NONE, perfect.packing())))
            .isEmpty();
        assertThat(perfect.packing().all()).hasSameSizeAs(site.demands()).hasSize(size[0]);
        assertThat(perfect.value())
            .as("the most that every demand can be served")
            .isEqualTo(
                site.demands().stream()
                    .mapToLong(demand -> Options.of(demand, MOST_SHARDS).getFirst().value())
                    .sum());
        Map<?, Long> taken = perfect.packing().bytesByGpu();
        for (var gpu : site.fleet().gpus()) {
          assertThat(gpu.plannableBytes() - taken.getOrDefault(gpu.id(), 0L))
              .as("seed %d, %s", seed, gpu.id())
              .isBetween(0L, 4L);
        }
      }
    }
  }

  @Test
  void oneSeedDrawsOneSite() {
    assertThat(DrawnSite.overloaded(7, 50, 16)).isEqualTo(DrawnSite.overloaded(7, 50, 16));
    assertThat(PerfectPacking.of(7, 50, 16)).isEqualTo(PerfectPacking.of(7, 50, 16));
  }
}
