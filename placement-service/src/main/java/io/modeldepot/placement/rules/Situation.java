package io.modeldepot.placement.rules;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan with what it was made for.
 *
 * @param fleet the GPUs
 * @param demands what is asked for
 * @param before what runs now
 * @param after what shall run
 */
public record Situation(Fleet fleet, List<Demand> demands, Assignments before, Assignments after) {

  /** The GPUs by id. */
  public Map<GpuId, FleetGpu> gpusById() {
    Map<GpuId, FleetGpu> map = new HashMap<>();
    fleet.gpus().forEach(gpu -> map.put(gpu.id(), gpu));
    return map;
  }

  /** The demands by model. */
  public Map<ModelName, Demand> demandsByModel() {
    Map<ModelName, Demand> map = new HashMap<>();
    demands.forEach(demand -> map.put(demand.model(), demand));
    return map;
  }
}
