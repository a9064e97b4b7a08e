package io.modeldepot.placement.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final long GIB = 1L << 30;
  private final List<Demand> demands = new ArrayList<>();
  private Fleet fleet = SeedFleet.both();

  @Test
  void whatIsPlacedIsSaidWithItsBytes() {
    demands.add(SeedModel.PHI_2.demand());

    assertThat(reason(SeedModel.PHI_2).sentence())
        .isEqualTo(
            "On gpu-host/0 (NVIDIA GeForce RTX 5090): 20 users at 2048 tokens, fp16; weights 5.3,"
                + " KV cache 12.5, engine 2.6 GiB of 28.7 usable.");
    assertThat(reason(SeedModel.PHI_2).changes()).isEmpty();
    assertThat(reason(SeedModel.PHI_2).obstacle()).isEmpty();
  }

  /** The transcript of the study, with its figures. */
  @Test
  void codeLlamaIsNotPlacedForTheReasonsOfEachGpuAndTheChangesAreNamed() {
    demands.add(
        SeedModel.LLAMA2_7B.demand().forUsers(Range.exactly(2)).pinnedTo("1").withPriority(9));
    demands.add(
        SeedModel.MISTRAL_7B.demand().forUsers(Range.exactly(10)).pinnedTo("1").withPriority(9));
    demands.add(SeedModel.CODELLAMA_13B.demand().forUsers(new Range(1, 8)).withPriority(0));
    fleet =
        fleet.with(
            SeedFleet.LARGE,
            gpu ->
                gpu.reserving(
                    new Reservation(
                        40 * GIB,
                        Optional.of(Instant.parse("2026-11-30T00:00:00Z")),
                        "trial, ops")));

    Reason reason = reason(SeedModel.CODELLAMA_13B);

    assertThat(reason.sentence())
        .startsWith(
            "Not placed: on gpu-host/0 (NVIDIA GeForce RTX 5090), empty, it is 2.7 GiB short at"
                + " 4096 tokens for 1 user; gpu-host/1 (NVIDIA RTX PRO 6000 Blackwell) has 4.")
        .contains(
            "llama2-7b 19.7", "mistral-7b 21.7", "40.0 reserved: trial, ops, until 2026-11-30");
    assertThat(reason.obstacle()).contains(PlacementObstacle.NO_ROOM);
    assertThat(reason.changes())
        .extracting(Change::say)
        .contains(
            "quantise to fp8: fits gpu-host/0 for 4 users at 4096",
            "context 512 instead of 4096: fits gpu-host/0 for 1 user",
            "lift the reservation of 40.0 GiB on gpu-host/1 (trial, ops): fits for 5 users");
  }

  @Test
  void aPinToNothingIsTheCause() {
    demands.add(SeedModel.PHI_2.demand().pinnedTo("7"));

    assertThat(reason(SeedModel.PHI_2).sentence())
        .isEqualTo("Not placed: it is pinned to 7, and there is no such GPU.");
    assertThat(reason(SeedModel.PHI_2).changes())
        .extracting(Change::say)
        .containsExactly("unpin it from 7: fits gpu-host/0");
    assertThat(reason(SeedModel.PHI_2).obstacle()).contains(PlacementObstacle.NO_GPU);
  }

  @Test
  void filesThatCannotBeServedAsWishedAreTheCause() {
    demands.add(SeedModel.PHI_2.demand().as(List.of(Variant.AWQ)));

    assertThat(reason(SeedModel.PHI_2).sentence())
        .isEqualTo(
            "Not placed: wished are [awq], and the files are fp16, of which these cannot be made.");
  }

  @Test
  void theSeventyBillionNeedAnotherGpu() {
    demands.add(SeedModel.LLAMA2_70B.demand());

    assertThat(reason(SeedModel.LLAMA2_70B).changes())
        .extracting(Change::say)
        .contains(
            "quantise to fp8: fits gpu-host/1 for 4 users at 4096",
            "add a GPU of 192 GiB or more: fits for 4 users");
    assertThat(reason(SeedModel.LLAMA2_70B).obstacle()).contains(PlacementObstacle.TOO_LARGE);
  }

  @Test
  void ofManyGpusTheNearestAreNamedAndTheOthersCounted() {
    demands.add(SeedModel.LLAMA2_70B.demand());
    FleetGpu large = fleet.find(SeedFleet.LARGE).orElseThrow();
    fleet =
        new Fleet(
            IntStream.range(0, 100)
                .mapToObj(
                    number ->
                        FleetGpu.ready(
                            large.location(),
                            new GpuId("host" + number, "0"),
                            large.kind(),
                            large.usableBytes() - number * GIB / 10))
                .toList());

    String sentence = reason(SeedModel.LLAMA2_70B).sentence();

    assertThat(sentence)
        .startsWith("Not placed: nearest to it are on host0/0 (")
        .contains("on host1/0 (", "on host2/0 (")
        .endsWith("; 97 other GPUs are further from it.")
        .doesNotContain("host3/0");
  }

  private Reason reason(SeedModel model) {
    Scenario scenario = new Scenario(fleet, demands, Assignments.NONE);
    Plan plan =
        Solver.solve(fleet, scenario.demands(), Assignments.NONE, Effort.steps(500, 50_000), 1);
    return new Reasons(scenario, plan).of(scenario.demand(model.model()).orElseThrow());
  }
}
