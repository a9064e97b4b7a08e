package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a plan would do to what runs, told before it is done. Where somebody can be asked, they are;
 * elsewhere it is said and goes on.
 */
final class Moves {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> NOBODY_TELLS =
      Set.of(
          "placement-unavailable",
          "broker-unavailable",
          "unknown-model",
          "not-present",
          "depot-unreachable");

  private final Session session;
  private final String thing;

  /**
   * @param thing what the person named; leads the text of an error
   */
  Moves(Session session, String thing) {
    this.session = session;
    this.thing = thing;
  }

  /** The plan for a site that would be so. */
  JsonNode plan(ObjectNode question) {
    return session
        .registry()
        .send(thing, Call.post("/placements/plan", question).waiting(PATIENCE))
        .body();
  }

  /** Whether to go on, by the plan for a site that would be so; yes where nobody can tell. */
  boolean agreed(ObjectNode question) {
    JsonNode plan;
    try {
      plan = plan(question);
    } catch (Failure e) {
      if (!NOBODY_TELLS.contains(e.code())) {
        throw e;
      }
      session.paper().talk("What would move cannot be told now: " + e.headline());
      return true;
    }
    return agreed(plan);
  }

  /** Whether to go on with this plan. */
  boolean agreed(JsonNode plan) {
    List<JsonNode> moves = new ArrayList<>();
    for (JsonNode step : plan.path("differences")) {
      if (!"starts".equals(step.path("what").asText())) {
        moves.add(step);
      }
    }
    if (moves.isEmpty()) {
      return true;
    }
    Paper paper = session.paper();
    paper.talk("This changes what runs:");
    PlanText text = new PlanText(paper);
    moves.forEach(step -> paper.talk("  " + text.step(step, paper.talkStyle())));
    if (!session.canAsk() || session.agreed("Go on?")) {
      return true;
    }
    paper.warn("Nothing was changed.");
    return false;
  }

  /** A question about one GPU that would be empty. */
  static ObjectNode draining(String gpu) {
    ObjectNode question = Json.object();
    question.putArray("drain").add(gpu);
    return question;
  }

  /** A question about one model that would be served so. */
  static ObjectNode serving(String model, ObjectNode demand) {
    ObjectNode question = Json.object();
    question.putObject("demands").set(model, demand);
    return question;
  }
}
