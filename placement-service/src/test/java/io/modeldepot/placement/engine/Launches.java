package io.modeldepot.placement.engine;

import io.modeldepot.events.state.Engine;
import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Models of the seed, launched. */
final class Launches {
  static final String MODELS_DIR = "/opt/ai-models";

  private Launches() {}

  static Launch of(SeedModel model, Variant variant, int users, String... gpus) {
    Demand demand = model.demand();
    GpuKind kind = SeedFleet.both().find(SeedFleet.LARGE).orElseThrow().kind();
    Ask ask = new Ask(variant, users, model.contextTokens(), gpus.length);
    Assignment assignment =
        new Assignment(
            new ReplicaId(demand.model(), 0),
            new Option(ask, 1),
            Stream.of(gpus).map(gpu -> new GpuId("gpu-host", gpu)).toList(),
            demand.memoryOn(kind).breakdown(ask));
    return Launch.of(demand, assignment, kind, MODELS_DIR);
  }

  /** As it is announced. */
  static Replica replica(Launch launch) {
    return new Replica(
        LocationName.of("default"),
        "gpu-host",
        launch.assignment().gpus().stream().map(gpu -> new GpuShare(gpu.id(), 1, 1, 1)).toList(),
        launch.ask().users(),
        launch.ask().contextTokens(),
        "float16",
        Optional.empty(),
        launch.ask().tensorParallel(),
        new Engine("vllm", Vllm.environment(launch), Vllm.arguments(launch), List.of()));
  }
}
