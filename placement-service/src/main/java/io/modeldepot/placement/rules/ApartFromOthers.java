package io.modeldepot.placement.rules;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.plan.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two models that shall not fail together, or that hurt each other's latency. */
public record ApartFromOthers() implements HardRule {
  @Override
  public String name() {
    return "anti-affinity";
  }

  @Override
  public String sentence() {
    return "A model does not share a GPU with one it is to be kept apart from, whichever of both"
        + " says so.";
  }

  @Override
  public List<String> violations(Situation situation) {
    Map<ModelName, Set<ModelName>> apart = new HashMap<>();
    for (Demand demand : situation.demands()) {
      apart.put(demand.model(), demand.apartFrom());
    }
    List<String> found = new ArrayList<>();
    for (Assignment one : situation.after().all()) {
      Set<ModelName> others = apart.getOrDefault(one.replica().model(), Set.of());
      if (others.isEmpty()) {
        continue;
      }
      for (Assignment other : situation.after().all()) {
        if (others.contains(other.replica().model())
            && !one.replica().model().equals(other.replica().model())
            && other.gpus().stream().anyMatch(one.gpus()::contains)) {
          found.add("%s and %s share a GPU".formatted(one.replica(), other.replica()));
        }
      }
    }
    return found;
  }
}
