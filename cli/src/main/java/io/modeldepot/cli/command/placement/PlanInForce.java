package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * {@code place --apply}: puts a plan in force and sees to it that it came into force. Asking for it
 * is a command to whoever leads, who refuses it if the site has changed until then.
 */
final class PlanInForce {
  private final Session session;
  private final long number;
  private final String thing;

  PlanInForce(Session session, long number) {
    this.session = session;
    this.number = number;
    this.thing = "plan " + number;
  }

  ExitCode apply() {
    JsonNode plan = session.registry().get(thing, path());
    if (!new Moves(session, thing).agreed(plan)) {
      return ExitCode.INTERRUPTED;
    }
    Map<String, Long> before = new TreeMap<>();
    DecisionWatch now = new DecisionWatch(session);
    changed(plan).forEach(model -> before.put(model, DecisionWatch.generation(now.now(model))));
    JsonNode answer =
        session.registry().send(thing, Call.post(path() + "/apply", Json.object())).body();
    DecisionWatch watch = new DecisionWatch(session);
    for (Map.Entry<String, Long> one : before.entrySet()) {
      Predicate<JsonNode> isNew =
          decision -> DecisionWatch.generation(Optional.of(decision)) > one.getValue();
      if (watch.until(one.getKey(), isNew).filter(isNew).isEmpty()) {
        throw notYet();
      }
    }
    tell(answer, before.keySet());
    return ExitCode.OK;
  }

  private String path() {
    return "/placements/plan/" + number;
  }

  /** The models that a plan has something else for. */
  static Set<String> changed(JsonNode plan) {
    Set<String> models = new TreeSet<>();
    for (JsonNode step : plan.path("differences")) {
      models.add(step.path("replica").asText().replaceFirst("#\\d+$", ""));
    }
    return models;
  }

  /** Whoever leads refuses it if the site has changed, and is busy or away at other times. */
  private Failure notYet() {
    return Failure.of(ExitCode.WAITED_TOO_LONG, "", thing + " is asked for and not in force yet")
        .because("whoever plans is busy, or refused it because the site has changed meanwhile")
        .tryThis(new Try("see what runs", "gpus"))
        .tryThis(new Try("make a new plan and look at it", "place --dry-run"));
  }

  private void tell(JsonNode answer, Set<String> changed) {
    if (session.form().machine()) {
      session.paper().machine(((ObjectNode) answer.deepCopy()).put("inForce", true));
    } else if (changed.isEmpty()) {
      session.paper().data(thing + " is as what runs: nothing changes");
    } else {
      session
          .paper()
          .data(
              "%s is in force, with another decision for %s; see  %s gpus"
                  .formatted(
                      thing, Human.count(changed.size(), "model", "models"), session.program()));
    }
  }
}
