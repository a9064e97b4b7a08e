package io.modeldepot.placement.rules;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.plan.Assignment;
import java.util.ArrayList;
import java.util.List;

/** A plan may give less than was wanted where the demand says so, never something else. */
public record OnlyWhatIsAsked() implements HardRule {
  @Override
  public String name() {
    return "demand";
  }

  @Override
  public String sentence() {
    return "What runs is asked for: within its users, its context, its variants and its replicas.";
  }

  @Override
  public List<String> violations(Situation situation) {
    List<String> found = new ArrayList<>();
    var demands = situation.demandsByModel();
    for (Assignment one : situation.after().all()) {
      Demand demand = demands.get(one.replica().model());
      if (demand == null) {
        found.add(one.replica() + " is not asked for");
      } else if (one.replica().number() >= demand.replicas() || !within(demand, one)) {
        found.add("%s was not asked for so: %s".formatted(one.replica(), one.option().ask()));
      }
    }
    return found;
  }

  private static boolean within(Demand demand, Assignment one) {
    Ask ask = one.option().ask();
    int longest = demand.shape().contextTokens();
    return ask.users() >= demand.users().least()
        && ask.users() <= demand.users().wanted()
        && ask.contextTokens() >= Math.min(longest, demand.contextTokens().least())
        && ask.contextTokens() <= Math.min(longest, demand.contextTokens().wanted())
        && demand.servable().contains(ask.variant());
  }
}
