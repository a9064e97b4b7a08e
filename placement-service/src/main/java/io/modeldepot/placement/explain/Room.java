package io.modeldepot.placement.explain;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is left on each GPU under a plan, and whether a model may be there at all. */
final class Room {
  private final Scenario scenario;
  private final Map<GpuId, Long> taken;
  private final Map<GpuId, List<Assignment>> byGpu = new HashMap<>();

  Room(Scenario scenario, Assignments placed) {
    this.scenario = scenario;
    this.taken = placed.bytesByGpu();
    for (Assignment one : placed.all()) {
      one.gpus().forEach(gpu -> byGpu.computeIfAbsent(gpu, id -> new ArrayList<>()).add(one));
    }
  }

  List<FleetGpu> gpus() {
    return scenario.fleet().gpus();
  }

  long left(FleetGpu gpu) {
    return gpu.plannableBytes() - taken.getOrDefault(gpu.id(), 0L);
  }

  List<Assignment> on(FleetGpu gpu) {
    return byGpu.getOrDefault(gpu.id(), List.of());
  }

  /** By location, pin and condition. */
  boolean usable(Demand demand, FleetGpu gpu) {
    return gpu.condition().takes() && reachable(demand, gpu);
  }

  /** By location and pin. */
  boolean reachable(Demand demand, FleetGpu gpu) {
    return demand.locations().contains(gpu.location())
        && demand.pin().map(gpu.id()::isMeantBy).orElse(true);
  }

  /** Whether somebody whom it must not meet is there. */
  boolean foeOn(Demand demand, FleetGpu gpu) {
    return foesOn(demand, gpu).findAny().isPresent();
  }

  /** Those whom it must not meet there, whichever of both says so. */
  Stream<ModelName> foesOn(Demand demand, FleetGpu gpu) {
    return on(gpu).stream()
        .map(one -> one.replica().model())
        .filter(
            other ->
                demand.apartFrom().contains(other)
                    || scenario
                        .demand(other)
                        .filter(it -> it.apartFrom().contains(demand.model()))
                        .isPresent());
  }

  /** Users that fit so many bytes of such a GPU, at the least context, at most those wanted. */
  static int users(Demand demand, FleetGpu gpu, long bytes, Variant variant) {
    int context = Math.min(demand.contextTokens().least(), demand.shape().contextTokens());
    int fit = demand.memoryOn(gpu.kind()).usersThatFit(bytes, variant, context, 1);
    return Math.min(fit, demand.users().wanted());
  }
}
