package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;

/** What a planned backup would cost, in one line. */
final class PlanText {
  private PlanText() {}

  static String of(JsonNode plan, Style style) {
    List<String> facts = new ArrayList<>();
    facts.add(
        Human.bytes(plan.path("totalBytes").asLong())
            + " in "
            + Human.count(plan.path("files").asLong(), "file", "files"));
    facts.add(Human.bytes(plan.path("newBytes").asLong()) + " new");
    facts.add("about " + Human.bytes(plan.path("estimatedBytes").asLong()) + " to be added");
    facts.add("about " + Human.span(plan.path("estimatedSeconds").asLong()));
    if (plan.hasNonNull("freeBytes")) {
      facts.add(Human.bytes(plan.path("freeBytes").asLong()) + " free at the target");
    }
    return String.join(style.dot(), facts);
  }

  /** How many bytes the target lacks, as far as it says what it has. */
  static long missing(JsonNode plan) {
    return plan.hasNonNull("freeBytes")
        ? Math.max(0, plan.path("estimatedBytes").asLong() - plan.path("freeBytes").asLong())
        : 0;
  }
}
