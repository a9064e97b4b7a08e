package io.modeldepot.placement.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule is broken once by a plan that breaks no other. */
class HardRulesTest {
  private static final long GIB = 1L << 30;
  private final List<Demand> demands = new ArrayList<>();
  private final List<Assignment> plan = new ArrayList<>();
  private Assignments before = Assignments.NONE;
  private Fleet fleet = SeedFleet.both();

  @Test
  void aPlanThatBreaksNothingIsLetThrough() {
    runs(SeedModel.PHI_2.demand(), 20, 0, SeedFleet.SMALL);

    assertThat(violations()).isEmpty();
  }

  @Test
  void memoryIsNeverOversold() {
    runs(SeedModel.LLAMA2_7B.demand(), 10, 0, SeedFleet.SMALL);

    assertThat(violations()).singleElement().asString().startsWith("memory: gpu-host/0");
  }

  @Test
  void memoryThatIsReservedIsNotThere() {
    runs(SeedModel.PHI_2.demand(), 20, 0, SeedFleet.SMALL);
    fleet =
        fleet.with(
            SeedFleet.SMALL,
            gpu ->
                gpu.reserving(
                    new io.modeldepot.placement.fleet.Reservation(
                        10 * GIB, Optional.empty(), "trial")));

    assertThat(violations()).singleElement().asString().startsWith("memory: gpu-host/0");
  }

  @Test
  void shardsAreOnEqualGpus() {
    runs(SeedModel.PHI_2.demand(), 15, 0, SeedFleet.SMALL, SeedFleet.LARGE);

    assertThat(violations()).singleElement().asString().contains("GPUs of several kinds");
  }

  @Test
  void shardsAreOnOneHost() {
    fleet = equalGpus("a/0", "b/0");
    runs(SeedModel.PHI_2.demand(), 15, 0, new GpuId("a", "0"), new GpuId("b", "0"));

    assertThat(violations()).singleElement().asString().contains("several hosts");
  }

  @Test
  void noModelIsCutOverSlices() {
    fleet = equalGpus("a/MIG-0", "a/MIG-1");
    runs(SeedModel.PHI_2.demand(), 15, 0, new GpuId("a", "MIG-0"), new GpuId("a", "MIG-1"));

    assertThat(violations()).singleElement().asString().contains("over slices");
  }

  @Test
  void aPinnedModelIsOnItsGpuOrNowhere() {
    runs(SeedModel.PHI_2.demand().pinnedTo("1"), 20, 0, SeedFleet.SMALL);

    assertThat(violations()).singleElement().asString().startsWith("pin: phi-2");
  }

  @Test
  void modelsThatAreToBeApartDoNotShareAGpuWhicheverSaysSo() {
    runs(
        SeedModel.PHI_2.demand().apart(Set.of(SeedModel.MISTRAL_7B.model())),
        15,
        0,
        SeedFleet.LARGE);
    runs(SeedModel.MISTRAL_7B.demand(), 15, 0, SeedFleet.LARGE);

    assertThat(violations()).containsExactly("anti-affinity: phi-2 and mistral-7b share a GPU");
  }

  @Test
  void replicasAreOnDifferentHostsWhereThereAreEnough() {
    fleet = equalGpus("a/0", "a/1", "b/0");
    Demand twice = SeedModel.PHI_2.demand().inReplicas(2);
    runs(twice, 15, 0, new GpuId("a", "0"));
    runs(twice, 15, 1, new GpuId("a", "1"));

    assertThat(violations()).containsExactly("replicas: Two replicas of phi-2 are on a");
  }

  @Test
  void onOneHostReplicasAreOnDifferentGpus() {
    Demand twice = SeedModel.PHI_2.demand().inReplicas(2);
    runs(twice, 15, 0, SeedFleet.SMALL);
    runs(twice, 15, 1, SeedFleet.LARGE);

    assertThat(violations()).isEmpty();
  }

  @Test
  void nothingIsOnADrainedGpu() {
    runs(SeedModel.PHI_2.demand(), 20, 0, SeedFleet.SMALL);
    before = new Assignments(plan);
    fleet =
        fleet.with(SeedFleet.SMALL, gpu -> gpu.in(new Condition.Drained(Optional.empty(), "fan")));

    assertThat(violations()).singleElement().asString().startsWith("condition: phi-2");
  }

  @Test
  void onALostGpuStaysWhatIsThereAndNothingIsAdded() {
    fleet =
        fleet.with(
            SeedFleet.SMALL,
            gpu -> gpu.in(new Condition.Lost(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))));
    runs(SeedModel.PHI_2.demand(), 20, 0, SeedFleet.SMALL);
    assertThat(violations()).singleElement().asString().startsWith("condition: phi-2");

    before = new Assignments(plan);
    assertThat(violations()).isEmpty();
  }

  @Test
  void aModelRunsOnlyWhereItsFilesAre() {
    runs(SeedModel.PHI_2.demand(), 20, 0, SeedFleet.SMALL);
    Fleet here = fleet;
    fleet =
        new Fleet(
            here.gpus().stream()
                .map(
                    gpu ->
                        FleetGpu.ready(
                            LocationName.of("elsewhere"), gpu.id(), gpu.kind(), gpu.usableBytes()))
                .toList());

    assertThat(violations()).singleElement().asString().startsWith("location: phi-2");
  }

  @Test
  void fewerUsersThanTheLeastIsNotWhatWasAsked() {
    runs(SeedModel.PHI_2.demand(), 14, 0, SeedFleet.SMALL);

    assertThat(violations()).singleElement().asString().startsWith("demand: phi-2");
  }

  @Test
  void aReplicaTooManyIsNotWhatWasAsked() {
    runs(SeedModel.PHI_2.demand(), 15, 1, SeedFleet.SMALL);

    assertThat(violations()).singleElement().asString().startsWith("demand: phi-2#2");
  }

  private void runs(Demand demand, int users, int number, GpuId... gpus) {
    if (!demands.contains(demand)) {
      demands.add(demand);
    }
    Ask ask =
        new Ask(demand.servable().getFirst(), users, demand.contextTokens().wanted(), gpus.length);
    GpuKind kind = fleet.find(gpus[0]).orElseThrow().kind();
    plan.add(
        new Assignment(
            new ReplicaId(demand.model(), number),
            new Option(ask, 1),
            List.of(gpus),
            demand.memoryOn(kind).breakdown(ask)));
  }

  private List<String> violations() {
    return Rules.violations(new Situation(fleet, demands, before, new Assignments(plan)));
  }

  private static Fleet equalGpus(String... ids) {
    List<FleetGpu> gpus = new ArrayList<>();
    for (String id : ids) {
      String[] parts = id.split("/");
      gpus.add(
          FleetGpu.ready(
              LocationName.of("default"),
              new GpuId(parts[0], parts[1]),
              GpuKind.of(parts[1], "A", 48 * GIB),
              43 * GIB));
    }
    return new Fleet(gpus);
  }
}
