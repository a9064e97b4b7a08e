package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.placement.ChangeText;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What status says of placement, which has no part of its own in the registry's overview. */
final class PlacementNotes {
  private static final Duration A_DAY = Duration.ofDays(1);

  private final JsonNode decided;

  private PlacementNotes(JsonNode decided) {
    this.decided = decided;
  }

  /** What was decided about each model; nothing while nobody can tell. */
  static PlacementNotes of(Session session) {
    try {
      return new PlacementNotes(
          session.registry().find("status", "/placements").orElseGet(Json::object));
    } catch (Failure e) {
      return new PlacementNotes(Json.object());
    }
  }

  /** A plan that waits for a yes, and models that are asked for and placed nowhere. */
  ArrayNode attention() {
    ArrayNode attention = Json.array();
    JsonNode waiting = decided.path("waiting");
    if (waiting.isObject()) {
      long plan = waiting.path("plan").asLong();
      String changes = Human.count(waiting.path("changes").asLong(), "change", "changes");
      String say = "Plan %d with %s waits for a yes.".formatted(plan, changes);
      ObjectNode item = item(attention, "plan-waits", say, "plan/" + plan);
      remedy(item, "Put it in force; what moves is said before", "place --apply " + plan);
    }
    for (JsonNode decision : decided.path("items")) {
      if ("unplaced".equals(decision.path("state").asText())
          && !"not-asked".equals(decision.path("obstacle").asText())) {
        String model = decision.path("model").asText();
        boolean stopped = "stopped".equals(decision.at("/change/what").asText());
        String why = stopped ? ": it " + ChangeText.of(decision) : "";
        String say = model + " is planned for no GPU" + why + ".";
        remedy(
            item(attention, "not-placed", say, "model/" + model),
            "See why, and what would place it",
            "explain " + model);
      }
    }
    return attention;
  }

  /** What plans did to models that are placed, today. */
  List<String> changed(Instant now) {
    List<String> lines = new ArrayList<>();
    for (JsonNode decision : decided.path("items")) {
      JsonNode at = decision.at("/change/at");
      boolean today = Times.of(at).filter(then -> then.isAfter(now.minus(A_DAY))).isPresent();
      if (today && "placed".equals(decision.path("state").asText())) {
        lines.add(
            "Placement: %s %s (%s)"
                .formatted(
                    decision.path("model").asText(),
                    ChangeText.of(decision),
                    ago(Times.age(at, now))));
      }
    }
    return lines;
  }

  private static ObjectNode item(ArrayNode attention, String code, String say, String object) {
    return attention
        .addObject()
        .put("severity", "warning")
        .put("code", code)
        .put("say", say)
        .put("object", object);
  }

  private static void remedy(ObjectNode item, String say, String cli) {
    item.putArray("remedies").addObject().put("say", say).put("cli", cli);
  }

  private static String ago(String age) {
    return age.equals("now") ? "just now" : age + " ago";
  }
}
