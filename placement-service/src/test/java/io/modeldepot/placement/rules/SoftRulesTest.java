package io.modeldepot.placement.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftRulesTest {
  private static final Assignments SMALL = phi(15, SeedFleet.SMALL);
  private static final Assignments LARGE = phi(15, SeedFleet.LARGE);

  @Test
  void aMoveCostsMoreThanARestartAndStayingNothing() {
    assertThat(new Stability().cost(from(SMALL, SMALL))).isZero();
    assertThat(new Stability().cost(from(SMALL, phi(20, SeedFleet.SMALL))))
        .isEqualTo(Stability.RESTART);
    assertThat(new Stability().cost(from(SMALL, LARGE))).isEqualTo(Stability.MOVE);
    assertThat(new Stability().cost(from(Assignments.NONE, LARGE))).isZero();
  }

  @Test
  void whatCannotRunWhereItWasIsNotMoved() {
    Assignments gone = phi(15, new GpuId("gone-host", "0"));
    Assignments overBoth =
        new Assignments(List.of(on(SeedModel.PHI_2, 15, SeedFleet.SMALL, SeedFleet.LARGE)));

    assertThat(new Stability().cost(from(gone, LARGE))).as("its GPU left the fleet").isZero();
    assertThat(new Stability().cost(from(overBoth, LARGE)))
        .as("its GPUs are of two kinds now")
        .isZero();
  }

  @Test
  void aSmallerGpuCostsLess() {
    assertThat(new SmallestGpu().cost(from(Assignments.NONE, SMALL)))
        .isLessThan(new SmallestGpu().cost(from(Assignments.NONE, LARGE)));
  }

  @Test
  void oneGpuInUseCostsLessThanTwo() {
    Assignments two = new Assignments(List.of(SMALL.all().getFirst(), mistralOnLarge()));

    assertThat(new Fragmentation().cost(from(Assignments.NONE, SMALL)))
        .isLessThan(new Fragmentation().cost(from(Assignments.NONE, two)));
  }

  @Test
  void aFullerGpuIsLessBalanced() {
    assertThat(new Balance().cost(from(Assignments.NONE, SMALL)))
        .isGreaterThan(new Balance().cost(from(Assignments.NONE, LARGE)));
  }

  @Test
  void everyRuleHasANameAndASentence() {
    assertThat(Rules.HARD).extracting(HardRule::name).doesNotHaveDuplicates();
    assertThat(Rules.HARD).extracting(HardRule::sentence).allMatch(text -> text.endsWith("."));
    assertThat(Rules.SOFT).extracting(SoftRule::name).doesNotHaveDuplicates();
    assertThat(Rules.SOFT).extracting(SoftRule::sentence).allMatch(text -> text.endsWith("."));
  }

  private static Situation from(Assignments before, Assignments after) {
    return new Situation(SeedFleet.both(), SeedModel.demands(), before, after);
  }

  private static Assignments phi(int users, GpuId gpu) {
    return new Assignments(List.of(on(SeedModel.PHI_2, users, gpu)));
  }

  private static Assignment mistralOnLarge() {
    return on(SeedModel.MISTRAL_7B, 15, SeedFleet.LARGE);
  }

  private static Assignment on(SeedModel model, int users, GpuId... gpus) {
    Ask ask = new Ask(model.shape().stored(), users, model.contextTokens(), gpus.length);
    return new Assignment(
        new ReplicaId(model.model(), 0),
        new Option(ask, 1),
        List.of(gpus),
        model.memory().breakdown(ask));
  }
}
