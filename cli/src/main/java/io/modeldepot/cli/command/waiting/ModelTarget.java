package io.modeldepot.cli.command.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.util.List;

/** A model, or one version of it, in the catalog and on the GPUs. */
record ModelTarget(Named wanted, String goal) implements Target {
  static final List<String> GOALS =
      List.of("present", "active", "archived", "absent", "placed", "unplaced");

  ModelTarget {
    if (!GOALS.contains(goal)) {
      throw Failure.usage("a model is never \"" + goal + "\"")
          .because("it can be waited for to be " + String.join(", ", GOALS))
          .tryThis(Try.command("wait " + wanted.model() + " --for present"));
    }
    if (!wanted.version().isEmpty() && !"present".equals(goal)) {
      throw Failure.usage("a version can only be waited for to be present")
          .tryThis(Try.command("wait " + wanted.model() + " --for " + goal));
    }
  }

  @Override
  public String name() {
    return "model/" + wanted.model() + (wanted.version().isEmpty() ? "" : "@" + wanted.version());
  }

  @Override
  public String more() {
    return ("placed".equals(goal) ? "explain " : "status ") + wanted.model();
  }

  @Override
  public Look look(Registry registry) {
    String model = Registry.segment(wanted.model());
    JsonNode entry = registry.get(wanted.model(), "/models/" + model);
    String state = entry.path("state").asText("unknown");
    return switch (goal) {
      case "present" -> look(isHere(entry), entry, state);
      case "absent" -> look(!entry.path("current").isObject(), entry, state);
      case "placed", "unplaced" -> placement(registry, model);
      default -> look(goal.equals(state), entry, state);
    };
  }

  private boolean isHere(JsonNode entry) {
    return entry.at("/current/commit").asText("").startsWith(wanted.version())
        && entry.path("current").isObject();
  }

  private Look placement(Registry registry, String model) {
    JsonNode decision =
        registry.find(wanted.model(), "/placements/" + model).orElseGet(Json::object);
    boolean placed = "placed".equals(decision.path("state").asText());
    String reason = decision.path("reason").asText("nothing was decided about it yet");
    return look(placed == "placed".equals(goal), decision, placed ? "placed" : reason);
  }

  private static Look look(boolean reached, JsonNode record, String state) {
    return reached ? new Look.Reached(record) : new Look.NotYet(state);
  }
}
