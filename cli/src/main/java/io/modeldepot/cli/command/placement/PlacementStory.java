package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ShellWords;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.output.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code explain MODEL}: why a model runs where it does, or nowhere, and what would help. */
public final class PlacementStory {
  private final Session session;

  public PlacementStory(Session session) {
    this.session = session;
  }

  /** Tells it, if anything was decided about this model. */
  public boolean tell(String model) {
    Optional<JsonNode> decision =
        session.registry().find(model, "/placements/" + Registry.segment(model));
    decision.ifPresent(
        it -> {
          tell(it);
          if (session.form().forPeople() && isTakenBack(model, it)) {
            session
                .paper()
                .talk(
                    "Nothing is asked of it any more; this stays until another plan is in force.");
          }
        });
    return decision.isPresent();
  }

  /** Whether the decision is one about a wish that the catalog has no more. */
  private boolean isTakenBack(String model, JsonNode decision) {
    return !"not-asked".equals(decision.path("obstacle").asText())
        && session
            .registry()
            .find(model, "/models/" + Registry.segment(model))
            .filter(entry -> !entry.path("placement").isObject())
            .isPresent();
  }

  /** The fragment for Compose, as it is, so that it can go into a file. */
  public void compose(String model, Optional<String> host) {
    String query = host.map(it -> "?" + Registry.query("host", it)).orElse("");
    JsonNode file =
        session
            .registry()
            .get(model, "/placements/" + Registry.segment(model) + "/compose" + query);
    if (session.form().forPeople()) {
      file.asText().lines().forEach(session.paper()::data);
    } else {
      session.paper().machine(Json.object().put("compose", file.asText()));
    }
  }

  /** Tells a decision that is at hand. */
  void tell(JsonNode decision) {
    if (!session.form().forPeople()) {
      session.paper().machine(decision);
      return;
    }
    Paper paper = session.paper();
    Style style = paper.style();
    boolean placed = "placed".equals(decision.path("state").asText());
    paper.data(
        style.sign(placed ? Mark.GOOD : Mark.BAD)
            + " "
            + style.bold(style.safe(decision.path("model").asText()))
            + ": "
            + style.safe(decision.path("reason").asText()));
    if (decision.path("change").isObject()) {
      paper.data(
          style.faint(
              style.safe(
                  "  last change (plan %d, %s): it %s"
                      .formatted(
                          decision.at("/change/plan").asLong(),
                          Times.age(decision.at("/change/at"), session.clock().instant()),
                          ChangeText.of(decision)))));
    }
    Map<String, JsonNode> gpus = gpus(decision);
    for (JsonNode replica : decision.path("replicas")) {
      replica(paper, replica, gpus);
    }
    servers(paper, decision);
    changes(paper, decision.path("changesThatWouldFit"));
    if (decision.path("gapToBound").isNumber()) {
      paper.data(style.faint(PlanText.gap(decision)));
    }
  }

  private void replica(Paper paper, JsonNode replica, Map<String, JsonNode> gpus) {
    Style style = paper.style();
    for (JsonNode share : replica.path("gpus")) {
      String id = replica.path("host").asText() + "/" + share.path("id").asText();
      JsonNode gpu = gpus.getOrDefault(id, Json.object());
      long usable = gpu.path("usableBytes").asLong(MemoryText.total(share));
      paper.data(
          "  %s  %s, %s tokens each, %s, on %s usable GiB"
              .formatted(
                  style.safe(id),
                  Human.count(replica.path("users").asLong(), "user", "users"),
                  replica.path("contextTokens").asLong(),
                  style.safe(
                      replica.path("quantization").asText(replica.path("dtype").asText("?"))),
                  MemoryText.gib(usable)));
      part(paper, "weights", share.path("weightsBytes").asLong(), usable);
      part(paper, "KV cache", share.path("kvBytes").asLong(), usable);
      part(paper, "engine", share.path("overheadBytes").asLong(), usable);
    }
    engine(paper, replica.path("engine"));
  }

  private static void part(Paper paper, String label, long bytes, long usable) {
    paper.data(
        "    %-9s %5s  %s"
            .formatted(
                label, MemoryText.gib(bytes), MemoryText.alone(bytes, usable, paper.style())));
  }

  /** What starts it, ready to be pasted. */
  private static void engine(Paper paper, JsonNode engine) {
    List<String> words = new ArrayList<>();
    engine
        .path("env")
        .fields()
        .forEachRemaining(one -> words.add(one.getKey() + "=" + one.getValue().asText()));
    words.addAll(List.of("vllm", "serve"));
    engine.path("args").forEach(arg -> words.add(arg.asText()));
    if (engine.path("args").size() > 0 && engine.path("name").asText().startsWith("vllm")) {
      paper.data("  " + paper.style().faint("start it:"));
      paper.data("    " + paper.style().safe(ShellWords.line(words.toArray(String[]::new))));
    }
  }

  /** What became of it where a server is told; else there is nothing to say. */
  private static void servers(Paper paper, JsonNode decision) {
    Style style = paper.style();
    for (JsonNode server : decision.path("servers")) {
      String state = server.path("state").asText();
      if (!"published".equals(state)) {
        boolean old = server.path("generation").asLong() < decision.path("generation").asLong();
        String where = server.path("host").asText() + "/" + server.path("gpus").asText();
        String detail = server.hasNonNull("detail") ? ": " + server.path("detail").asText() : "";
        paper.data(
            "  "
                + style.sign(mark(state))
                + " Triton on "
                + style.safe(where + " is " + state + detail)
                + (old ? style.faint("  (of the decision before)") : ""));
      }
    }
  }

  private static Mark mark(String state) {
    return switch (state) {
      case "ready" -> Mark.GOOD;
      case "failed" -> Mark.BAD;
      default -> Mark.WARN;
    };
  }

  private static void changes(Paper paper, JsonNode changes) {
    if (changes.size() > 0) {
      paper.data("Smallest changes that place it:");
      int number = 1;
      for (JsonNode change : changes) {
        paper.data("  %d  %s".formatted(number++, paper.style().safe(change.asText())));
      }
    }
  }

  /** By {@code host/id}; none is needed where nothing is placed. */
  private Map<String, JsonNode> gpus(JsonNode decision) {
    Map<String, JsonNode> byId = new HashMap<>();
    if (decision.path("replicas").size() > 0) {
      ArrayNode all = session.registry().items("gpus", "/gpus", Gpus.MOST);
      all.forEach(gpu -> byId.put(GpuDrawing.id(gpu), gpu));
    }
    return byId;
  }
}
