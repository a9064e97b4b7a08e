package io.modeldepot.placement.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementChange;
import io.modeldepot.events.state.PlacementChangeKind;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CauseTest {
  private static final Planner PLANNER = new Planner(() -> Effort.steps(500, 100_000));
  private static final Decisions DECISIONS = new Decisions("/opt/ai-models");
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  private static final Fleet SMALL =
      new Fleet(List.of(SeedFleet.both().find(SeedFleet.SMALL).orElseThrow()));
  private static final Demand PHI =
      SeedModel.PHI_2.demand().forUsers(new Range(1, 20)).withPriority(0);

  @Test
  void whoMakesRoomIsToldForWhom() {
    Proposal before = plan(SMALL, Assignments.NONE, PHI);
    Demand llama = SeedModel.LLAMA2_7B.demand().forUsers(Range.exactly(2)).withPriority(9);

    PlacementChange change = change(before, plan(SMALL, placed(before), PHI, llama));

    assertThat(change.because()).isEqualTo("to make room for llama2-7b (priority 9)");
    assertThat(change.from()).containsExactly("gpu-host/0");
    assertThat(change.usersBefore()).isEqualTo(20);
    assertThat(change.plan()).isEqualTo(2);
    assertThat(change.at()).isEqualTo(NOW);
  }

  @Test
  void whoLeavesADrainedGpuIsToldTheReason() {
    Proposal before = plan(SeedFleet.both(), Assignments.NONE, PHI);
    Fleet drained =
        SeedFleet.both()
            .with(
                SeedFleet.SMALL, gpu -> gpu.in(new Condition.Drained(Optional.empty(), "new fan")));

    PlacementChange change = change(before, plan(drained, placed(before), PHI));

    assertThat(change.what()).isEqualTo(PlacementChangeKind.MOVED);
    assertThat(change.because()).isEqualTo("gpu-host/0 is drained (new fan)");
  }

  @Test
  void whoIsAskedForOtherwiseHasChangedByThat() {
    Proposal before = plan(SMALL, Assignments.NONE, PHI);

    PlacementChange change =
        change(before, plan(SMALL, placed(before), PHI.forUsers(Range.exactly(3))));

    assertThat(change.what()).isEqualTo(PlacementChangeKind.RESTARTED);
    assertThat(change.because()).isEqualTo("something else is asked of it");
  }

  @Test
  void whoIsNotAskedForAnyMoreStops() {
    Proposal before = plan(SMALL, Assignments.NONE, PHI);

    PlacementChange change = change(before, plan(SMALL, placed(before)));

    assertThat(change.what()).isEqualTo(PlacementChangeKind.STOPPED);
    assertThat(change.because()).startsWith("nothing is asked of it any more");
  }

  @Test
  void whoWasPlacedNowhereAndIsNotAskedForAnyMoreIsSaidToBeThat() {
    Demand large = SeedModel.LLAMA2_70B.demand();
    Map<String, ModelPlaced> nowhere = announced(plan(SMALL, Assignments.NONE, large), Map.of(), 1);
    assertThat(Objects.requireNonNull(nowhere.get("llama2-70b")).obstacle())
        .contains(PlacementObstacle.TOO_LARGE);

    Map<String, ModelPlaced> after = announced(plan(SMALL, Assignments.NONE), nowhere, 2);

    assertThat(Objects.requireNonNull(after.get("llama2-70b")).obstacle())
        .contains(PlacementObstacle.NOT_ASKED);
    assertThat(announced(plan(SMALL, Assignments.NONE), after, 3)).as("once").isEqualTo(after);
  }

  @Test
  void whatStaysHasNoChangeAndWhatChangedOnceIsStillToldLater() {
    Proposal before = plan(SMALL, Assignments.NONE, PHI);
    Map<String, ModelPlaced> first = announced(before, Map.of(), 1);
    assertThat(phi(first).change()).isEmpty();

    Map<String, ModelPlaced> second =
        announced(plan(SMALL, placed(before), PHI.forUsers(Range.exactly(3))), first, 2);
    Proposal third =
        plan(
            SMALL.with(
                SeedFleet.SMALL,
                gpu -> gpu.reserving(new Reservation(1L << 30, Optional.empty(), "a trial"))),
            placed(plan(SMALL, placed(before), PHI.forUsers(Range.exactly(3)))),
            PHI.forUsers(Range.exactly(3)));

    assertThat(phi(announced(third, second, 3)).change())
        .isEqualTo(phi(second).change())
        .isPresent();
  }

  @Test
  void whoIsAskedForAnewBeginsAnew() {
    Proposal placed = plan(SMALL, Assignments.NONE, PHI);
    Map<String, ModelPlaced> first = announced(placed, Map.of(), 1);
    Map<String, ModelPlaced> stopped = announced(plan(SMALL, placed(placed)), first, 2);
    assertThat(phi(stopped).change()).isPresent();

    Map<String, ModelPlaced> again = announced(plan(SMALL, Assignments.NONE, PHI), stopped, 3);

    assertThat(phi(again).change()).isEmpty();
  }

  private static PlacementChange change(Proposal before, Proposal after) {
    return phi(announced(after, announced(before, Map.of(), 1), 2)).change().orElseThrow();
  }

  private static ModelPlaced phi(Map<String, ModelPlaced> announced) {
    return Objects.requireNonNull(announced.get("phi-2"));
  }

  private static Map<String, ModelPlaced> announced(
      Proposal proposal, Map<String, ModelPlaced> before, long number) {
    Map<String, ModelPlaced> all = new HashMap<>(before);
    DECISIONS
        .changed(proposal, Map.of(), before, number, NOW)
        .forEach(one -> all.put(one.model().value(), one));
    return all;
  }

  private static Assignments placed(Proposal proposal) {
    return proposal.plan().placed();
  }

  private static Proposal plan(Fleet fleet, Assignments running, Demand... demands) {
    return PLANNER.propose(new Scenario(fleet, List.of(demands), running));
  }
}
