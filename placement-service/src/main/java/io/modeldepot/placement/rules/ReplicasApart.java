package io.modeldepot.placement.rules;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.plan.Assignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A second copy that falls with the first one is none. */
public record ReplicasApart() implements HardRule {
  @Override
  public String name() {
    return "replicas";
  }

  @Override
  public String sentence() {
    return "Replicas of a model are on different hosts where there are enough hosts, else on"
        + " different GPUs.";
  }

  @Override
  public List<String> violations(Situation situation) {
    List<String> found = new ArrayList<>();
    for (Demand demand : situation.demands()) {
      if (demand.replicas() < 2) {
        continue;
      }
      Spread spread = Spread.of(demand, situation.fleet());
      Set<String> taken = new HashSet<>();
      for (Assignment one : situation.after().of(demand.model())) {
        Set<String> places =
            one.gpus().stream()
                .map(gpu -> spread == Spread.HOSTS ? gpu.host() : gpu.toString())
                .collect(Collectors.toSet());
        for (String place : places) {
          if (!taken.add(place)) {
            found.add("Two replicas of %s are on %s".formatted(demand.model(), place));
          }
        }
      }
    }
    return found;
  }
}
