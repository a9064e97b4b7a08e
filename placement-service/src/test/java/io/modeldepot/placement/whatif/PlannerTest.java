package io.modeldepot.placement.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Planner PLANNER = new Planner(() -> Effort.steps(500, 100_000));

  private static final Scenario SEED =
      new Scenario(SeedFleet.both(), SeedModel.demands(), Assignments.NONE);

  @Test
  void aFirstPlanOnlyStartsThings() {
    Proposal first = PLANNER.propose(SEED);

    assertThat(first.differences()).isNotEmpty().allMatch(Difference.Started.class::isInstance);
    assertThat(first.reasons()).hasSize(7);
  }

  @Test
  void whatIsInForceDiffersInNothingFromItself() {
    Proposal first = PLANNER.propose(SEED);
    Proposal second =
        PLANNER.propose(new Scenario(SEED.fleet(), SEED.demands(), first.plan().placed()));

    assertThat(second.differences()).isEmpty();
  }

  @Test
  void aDrainIsPreviewedWithWhatMovesAndWhatStops() {
    Scenario running =
        new Scenario(SEED.fleet(), SEED.demands(), PLANNER.propose(SEED).plan().placed());

    Proposal drained = PLANNER.previewDrain(running, SeedFleet.SMALL, "new fan");

    assertThat(drained.plan().placed().on(SeedFleet.SMALL)).isEmpty();
    assertThat(drained.differences()).isNotEmpty();
    running
        .running()
        .on(SeedFleet.SMALL)
        .forEach(
            one ->
                assertThat(drained.differences())
                    .extracting(Difference::replica)
                    .contains(one.replica()));
    assertThat(running.fleet().find(SeedFleet.SMALL).orElseThrow().condition().takes()).isTrue();
  }

  @Test
  void fitSaysUsersAndContextOfEveryGpu() {
    List<Fit> fits = Fit.of(SeedModel.CODELLAMA_13B.demand(), Variant.BF16, 1, 4096, SEED);

    assertThat(fits).hasSize(2);
    assertThat(fits.getFirst().fitsNow()).isFalse();
    assertThat(fits.getFirst().usersWhenEmpty()).isZero();
    assertThat(fits.getLast().usersWhenEmpty()).isEqualTo(18);
    assertThat(fits.getLast().usersByContext()).containsEntry(4096, 18).containsKey(16_384);
  }
}
