package io.modeldepot.placement.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.explain.Reason;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One GPU of 28.7 usable GiB: one of the two fits with what it wants, not both. */
class KeepingTest {
  private static final Planner PLANNER = new Planner(() -> Effort.steps(500, 100_000));
  private static final Keeping KEEPING = new Keeping(PLANNER);
  private static final Fleet SMALL =
      new Fleet(List.of(SeedFleet.both().find(SeedFleet.SMALL).orElseThrow()));
  private static final Demand PLACED = SeedModel.PHI_2.demand().forUsers(Range.exactly(8));
  private static final Demand LATER =
      SeedModel.LLAMA2_7B.demand().forUsers(Range.exactly(6)).withContext(Range.exactly(4096));

  @Test
  void whatComesLaterAndServesMoreStopsNothingOfTheSamePriority() {
    Scenario scenario = running(PLACED, PLACED, LATER);
    assertThat(PLANNER.propose(scenario).differences())
        .as("it would serve more")
        .hasAtLeastOneElementOfType(Difference.Stopped.class);

    Proposal kept = KEEPING.propose(scenario);

    assertThat(kept.differences()).isEmpty();
    assertThat(kept.plan().unplaced()).hasSize(1);
    assertThat(kept.plan().gapToBound()).as("it says what that costs").isPositive();
    assertThat(kept.reasons().get(LATER.model()))
        .isNotNull()
        .extracting(Reason::sentence)
        .asString()
        .contains("phi-2");
  }

  @Test
  void aHigherPriorityTakesThePlace() {
    Scenario scenario = running(PLACED, PLACED, LATER.withPriority(PLACED.priority() + 1));

    assertThat(KEEPING.propose(scenario).plan().placed().of(LATER.model())).isNotEmpty();
    assertThat(KEEPING.propose(scenario).plan().placed().of(PLACED.model())).isEmpty();
  }

  @Test
  void fewerUsersAreServedWhereTheDemandAllowsThat() {
    Demand flexible = PLACED.forUsers(new Range(2, 5));
    Scenario scenario =
        running(
            flexible,
            flexible,
            LATER.forUsers(Range.exactly(3)).withContext(Range.exactly(2048)).withPriority(6));

    Proposal plan = KEEPING.propose(scenario);

    assertThat(plan.plan().placed().of(LATER.model())).isNotEmpty();
    assertThat(plan.plan().placed().of(PLACED.model()))
        .singleElement()
        .satisfies(one -> assertThat(one.option().ask().users()).isBetween(2, 4));
  }

  @Test
  void whatIsLeftGoesToThoseWhoCome() {
    Demand little =
        SeedModel.QWEN_7B
            .demand()
            .forUsers(Range.exactly(1))
            .withContext(Range.exactly(512))
            .pinnedTo("1");
    Scenario scenario =
        new Scenario(
            SeedFleet.both(),
            List.of(PLACED.pinnedTo("0"), LATER.pinnedTo("0"), little),
            runningOn(SMALL, PLACED));

    Proposal plan = KEEPING.propose(scenario);

    assertThat(plan.plan().placed().of(PLACED.model())).isNotEmpty();
    assertThat(plan.plan().placed().of(LATER.model())).isEmpty();
    assertThat(plan.plan().placed().of(little.model())).isNotEmpty();
  }

  @Test
  void whatMayNotStayIsNotKept() {
    Scenario scenario = running(PLACED, PLACED, LATER);
    Scenario drained =
        scenario.on(
            SMALL.with(
                SeedFleet.SMALL,
                gpu -> gpu.in(new Condition.Drained(Optional.empty(), "new fan"))));

    assertThat(KEEPING.propose(drained).plan().placed().all()).isEmpty();
  }

  @Test
  void whatIsNoLongerAskedForIsNotKept() {
    Scenario scenario = running(PLACED, LATER);

    Proposal plan = KEEPING.propose(scenario);

    assertThat(plan.plan().placed().of(PLACED.model())).isEmpty();
    assertThat(plan.plan().placed().of(LATER.model())).isNotEmpty();
  }

  private static Scenario running(Demand first, Demand... demands) {
    return new Scenario(SMALL, List.of(demands), runningOn(SMALL, first));
  }

  private static Assignments runningOn(Fleet fleet, Demand demand) {
    return PLANNER.propose(new Scenario(fleet, List.of(demand), Assignments.NONE)).plan().placed();
  }
}
