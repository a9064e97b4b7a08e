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
import java.util.Set;
import java.util.TreeSet;

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
    JsonNode answer =
        session.registry().send(thing, Call.post(path() + "/apply", Json.object())).body();
    Set<String> changed = changed(plan);
    DecisionWatch watch = new DecisionWatch(session);
    for (String model : changed) {
      if (watch.until(model, this::isOfIt).filter(this::isOfIt).isEmpty()) {
        throw refused();
      }
    }
    tell(answer, changed);
    return ExitCode.OK;
  }

  private String path() {
    return "/placements/plan/" + number;
  }

  /** A leader gives a plan a higher number where it has given that one away. */
  private boolean isOfIt(JsonNode decision) {
    return decision.path("plan").asLong() >= number;
  }

  private static Set<String> changed(JsonNode plan) {
    Set<String> models = new TreeSet<>();
    for (JsonNode step : plan.path("differences")) {
      models.add(step.path("replica").asText().replaceFirst("#\\d+$", ""));
    }
    return models;
  }

  /** What keeps it from being in force, by asking once more whether it can be. */
  private Failure refused() {
    JsonNode unused = session.registry().get(thing, path()); // stale-plan, if it is
    return Failure.of(ExitCode.WAITED_TOO_LONG, "", thing + " is asked for and not in force yet")
        .because("whoever plans has not answered")
        .tryThis(new Try("see what runs", "gpus"))
        .tryThis(Try.command("place --apply " + number));
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
