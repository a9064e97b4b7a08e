package io.modeldepot.placement.rules;

import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is on a GPU that may come back is left there for its grace; nothing is sent after it. */
public record OnlyOnGpusThatTake() implements HardRule {
  @Override
  public String name() {
    return "condition";
  }

  @Override
  public String sentence() {
    return "Nothing is on a GPU that is drained or given up, and nothing new on one that is lost.";
  }

  @Override
  public List<String> violations(Situation situation) {
    Map<GpuId, FleetGpu> gpus = situation.gpusById();
    var before = situation.before().byReplica();
    List<String> found = new ArrayList<>();
    for (var one : situation.after().all()) {
      for (GpuId id : one.gpus()) {
        FleetGpu gpu = gpus.get(id);
        Condition condition = gpu == null ? null : gpu.condition();
        Assignment then = before.get(one.replica());
        boolean wasThere = then != null && then.gpus().contains(id);
        if (condition == null || !(condition.takes() || condition.keeps() && wasThere)) {
          found.add("%s is on %s, which is %s".formatted(one.replica(), id, condition));
        }
      }
    }
    return found;
  }
}
