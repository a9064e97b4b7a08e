package io.modeldepot.placement.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The seed's seven models on its two GPUs. */
class SeedPlanTest {
  private static final Effort USUAL = Effort.steps(2_000, 300_000);

  @Test
  void thePlanIsProvenToBeTheBest() {
    Plan plan = solve(SeedFleet.both(), Assignments.NONE);

    assertThat(plan.gapToBound()).isZero();
    assertThat(plan.placed().all()).isNotEmpty();
  }

  @Test
  void theSeventyBillionFitNowhereAsTheyAreAndOneGpuInEightBits() {
    Plan asStored =
        Solver.solve(
            SeedFleet.both(), List.of(SeedModel.LLAMA2_70B.demand()), Assignments.NONE, USUAL, 1);
    Plan inEightBits =
        Solver.solve(
            SeedFleet.both(),
            List.of(
                SeedModel.LLAMA2_70B
                    .demand()
                    .as(List.of(Variant.FP16, Variant.FP8))
                    .forUsers(new Range(1, 50))),
            Assignments.NONE,
            USUAL,
            1);

    assertThat(asStored.unplaced()).hasSize(1);
    assertThat(inEightBits.placed().all())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.gpus()).containsExactly(SeedFleet.LARGE);
              assertThat(one.option().ask().variant()).isEqualTo(Variant.FP8);
              assertThat(one.option().ask().users()).isBetween(8, 11);
            });
  }

  @Test
  void aWishThatNothingCanFulfilStopsNothing() {
    Demand modest = SeedModel.PHI_2.demand().forUsers(new Range(15, 20));
    Demand boundless = modest.forUsers(new Range(15, 100_000_000));
    Plan before = Solver.solve(SeedFleet.both(), List.of(modest), Assignments.NONE, USUAL, 1);

    Plan after = Solver.solve(SeedFleet.both(), List.of(boundless), before.placed(), USUAL, 1);

    assertThat(after.placed().all()).hasSize(1);
    assertThat(after.gapToBound()).isZero();
  }

  @Test
  void theLeastOfModelsIsMovedAndNotStoppedToSaveTheMove() {
    Demand least = SeedModel.PHI_2.demand().forUsers(new Range(1, 1)).withPriority(0);
    Demand one = SeedModel.MISTRAL_7B.demand().forUsers(new Range(40, 40)).withPriority(9);
    Demand other = SeedModel.CODELLAMA_13B.demand().forUsers(new Range(10, 10)).withPriority(9);
    Plan alone = Solver.solve(SeedFleet.both(), List.of(least), Assignments.NONE, USUAL, 1);
    assertThat(alone.placed().all().getFirst().gpus()).containsExactly(SeedFleet.SMALL);
    Fleet drained =
        SeedFleet.both()
            .with(
                SeedFleet.SMALL, gpu -> gpu.in(new Condition.Drained(Optional.empty(), "new fan")));

    Plan plan = Solver.solve(drained, List.of(least, one, other), alone.placed(), USUAL, 1);

    assertThat(plan.placed().all()).as("not both of the great ones fit").hasSize(2);
    assertThat(plan.placed().of(SeedModel.PHI_2.model()))
        .singleElement()
        .satisfies(it -> assertThat(it.gpus()).containsExactly(SeedFleet.LARGE));
  }

  @Test
  void theLeastOfModelsIsNotKeptForTheSakeOfTheMoveEither() {
    Demand least = SeedModel.PHI_2.demand().forUsers(Range.exactly(1)).withPriority(0);
    Demand more =
        SeedModel.MISTRAL_7B
            .demand()
            .as(List.of(Variant.FP8))
            .forUsers(Range.exactly(1))
            .withPriority(0);
    Demand great = SeedModel.LLAMA2_7B.demand().forUsers(Range.exactly(34)).withPriority(9);
    Fleet tight =
        SeedFleet.both()
            .with(
                SeedFleet.SMALL,
                gpu ->
                    gpu.reserving(
                        new Reservation(
                            gpu.usableBytes() - (11L << 30), Optional.empty(), "a trial")));
    Plan before = Solver.solve(tight, List.of(least, great), Assignments.NONE, USUAL, 1);
    assertThat(before.unplaced()).isEmpty();

    Plan plan = Solver.solve(tight, List.of(least, more, great), before.placed(), USUAL, 1);

    assertThat(plan.placed().of(more.model())).hasSize(1);
    assertThat(plan.unplaced()).containsExactly(new ReplicaId(least.model(), 0));
  }

  @Test
  void aDrainedGpuIsLeftAndWhatElseRunsStays() {
    Plan before = solve(SeedFleet.both(), Assignments.NONE);
    Fleet drained =
        SeedFleet.both()
            .with(
                SeedFleet.SMALL, gpu -> gpu.in(new Condition.Drained(Optional.empty(), "new fan")));

    Plan after = solve(drained, before.placed());

    assertThat(after.placed().on(SeedFleet.SMALL)).isEmpty();
    assertThat(
            Rules.violations(
                new Situation(drained, SeedModel.demands(), before.placed(), after.placed())))
        .isEmpty();
  }

  @Test
  void aLostGpuKeepsWhatItHasAndGetsNothingNew() {
    Plan before = solve(SeedFleet.both(), Assignments.NONE);
    Fleet lost =
        SeedFleet.both()
            .with(
                SeedFleet.SMALL,
                gpu ->
                    gpu.in(
                        new Condition.Lost(
                            java.time.Instant.EPOCH, java.time.Instant.EPOCH.plusSeconds(300))));

    Plan after = solve(lost, before.placed());

    assertThat(after.placed()).isEqualTo(before.placed());
  }

  @Test
  void aModelThatIsAddedWhereThereIsRoomMovesNothing() {
    List<SeedModel> three = List.of(SeedModel.PHI_2, SeedModel.MISTRAL_7B, SeedModel.LLAMA2_7B);
    Plan before =
        Solver.solve(
            SeedFleet.both(),
            three.subList(0, 2).stream().map(SeedModel::demand).toList(),
            Assignments.NONE,
            USUAL,
            1);

    Plan after =
        Solver.solve(
            SeedFleet.both(),
            three.stream().map(SeedModel::demand).toList(),
            before.placed(),
            USUAL,
            1);

    assertThat(after.placed().find(new ReplicaId(SeedModel.LLAMA2_7B.model(), 0))).isPresent();
    assertThat(after.placed().all()).containsAll(before.placed().all());
  }

  private static Plan solve(Fleet fleet, Assignments before) {
    return Solver.solve(fleet, SeedModel.demands(), before, USUAL, 1);
  }
}
