package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan that is not in force, for people: the models with their reasons, then what would move. */
final class PlanText {
  private final Paper paper;
  private final Style style;

  PlanText(Paper paper) {
    this.paper = paper;
    this.style = paper.style();
  }

  void show(JsonNode plan) {
    for (JsonNode model : plan.path("models")) {
      paper.data(
          style.sign(model.path("placed").asBoolean() ? Mark.GOOD : Mark.BAD)
              + " "
              + style.bold(style.safe(model.path("model").asText()))
              + ": "
              + style.safe(model.path("reason").asText()));
      for (JsonNode change : model.path("changesThatWouldFit")) {
        paper.data("    " + style.arrow() + " " + style.safe(change.asText()));
      }
    }
    paper.data("");
    if (plan.path("differences").isEmpty()) {
      paper.data("Nothing would change: this is the plan in force.");
    }
    for (JsonNode step : plan.path("differences")) {
      paper.data("  " + step(step, style));
    }
    paper.data(style.faint(gap(plan)));
  }

  /** "Plan 7, at most 0.25 % below the best possible." */
  static String gap(JsonNode plan) {
    double gap = plan.path("gapToBound").asDouble();
    return "Plan %d, at most %s %% below the best possible."
        .formatted(
            plan.path("plan").asLong(),
            String.format(Locale.ROOT, gap == 0 ? "%.0f" : "%.2f", gap * 100));
  }

  /** What becomes of a replica, in one line that is safe to show. */
  String step(JsonNode step, Style style) {
    String from = words(step.path("from"));
    String to = words(step.path("to"));
    String way = from.isEmpty() || from.equals(to) ? to : from + " " + style.arrow() + " " + to;
    if (to.isEmpty()) {
      way = from;
    }
    return style.safe(
        "%-8s %s  %s  %d %s %d users"
            .formatted(
                step.path("what").asText(),
                step.path("replica").asText(),
                way,
                step.path("usersBefore").asLong(),
                style.arrow(),
                step.path("users").asLong()));
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(one -> words.add(one.asText()));
    return String.join(",", words);
  }
}
