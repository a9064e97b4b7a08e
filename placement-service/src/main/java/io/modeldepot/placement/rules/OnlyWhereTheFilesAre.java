package io.modeldepot.placement.rules;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.plan.Assignment;
import java.util.ArrayList;
import java.util.List;

/** An engine reads its model from the volume of its location. */
public record OnlyWhereTheFilesAre() implements HardRule {
  @Override
  public String name() {
    return "location";
  }

  @Override
  public String sentence() {
    return "A model runs on hosts of locations that have its verified files.";
  }

  @Override
  public List<String> violations(Situation situation) {
    List<String> found = new ArrayList<>();
    var demands = situation.demandsByModel();
    var gpus = situation.gpusById();
    for (Assignment one : situation.after().all()) {
      Demand demand = demands.get(one.replica().model());
      for (var id : one.gpus()) {
        FleetGpu gpu = gpus.get(id);
        if (demand != null && gpu != null && !demand.locations().contains(gpu.location())) {
          found.add("%s is on %s, where its files are not".formatted(one.replica(), id));
        }
      }
    }
    return found;
  }
}
