package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import java.util.ArrayList;
import java.util.List;

/** What a plan did to a model that was placed, in a sentence. The text is not yet safe to show. */
public final class ChangeText {
  private ChangeText() {}

  /** Whether this very decision changed it. */
  public static boolean isNew(JsonNode decision) {
    JsonNode change = decision.path("change");
    return change.isObject() && change.path("plan").asLong() == decision.path("plan").asLong();
  }

  /** "was moved from a/0 to a/1: a/0 is drained (new fan)". */
  public static String of(JsonNode decision) {
    JsonNode change = decision.path("change");
    String from = words(change.path("from"));
    long before = change.path("usersBefore").asLong();
    long after = 0;
    List<String> gpus = new ArrayList<>();
    for (JsonNode replica : decision.path("replicas")) {
      after += replica.path("users").asLong();
      replica
          .path("gpus")
          .forEach(gpu -> gpus.add(replica.path("host").asText() + "/" + gpu.path("id").asText()));
    }
    String users =
        isNew(decision) && before != after && after > 0
            ? ", now for %s instead of %d".formatted(Human.count(after, "user", "users"), before)
            : "";
    String what =
        switch (change.path("what").asText()) {
          case "moved" ->
              "was moved from " + from + (isNew(decision) ? " to " + String.join(",", gpus) : "");
          case "stopped" ->
              "was stopped on " + from + " (" + Human.count(before, "user", "users") + ")";
          case "restarted" -> "is served otherwise on " + from;
          default -> "was changed on " + from;
        };
    return what + users + ": " + change.path("because").asText();
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(one -> words.add(one.asText()));
    return words.isEmpty() ? "its GPU" : String.join(",", words);
  }
}
