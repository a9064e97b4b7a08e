package io.modeldepot.cli.command.desired;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A difference as people read it: a line for each thing, with a sign in front. */
final class StateText {
  private static final int MOST_NAMED = 8;
  private static final int SHORT_COMMIT = 7;
  private static final Set<String> DESCRIBES = Set.of("model-described", "site-described");

  private final Paper paper;
  private final Style style;

  StateText(Paper paper) {
    this.paper = paper;
    this.style = paper.style();
  }

  /** Shows it in the form that was asked for. */
  void difference(JsonNode said, String file) {
    if (paper.form().machine()) {
      paper.machine(said);
      return;
    }
    if (paper.quiet() || paper.form() == Form.NAME) {
      said.path("changes").forEach(it -> paper.data(style.safe(it.path("object").asText())));
      return;
    }
    said.path("changes").forEach(change -> paper.data(line(change)));
    if (said.path("same").asBoolean()) {
      paper.talk("Everything is as " + paper.talkStyle().safe(file) + " says it.");
    }
    leftAlone(said.path("leftAlone"));
  }

  private String line(JsonNode change) {
    String kind = change.path("kind").asText();
    List<String> words = new ArrayList<>();
    for (JsonNode deed : change.path("does")) {
      if (!DESCRIBES.contains(deed.path("event").asText())) {
        words.add(style.safe(deed.path("say").asText()));
      }
    }
    for (JsonNode field : change.path("fields")) {
      if (!kind.equals("add") || says(field)) {
        words.add(field(field, kind));
      }
    }
    String name = style.safe(change.path("object").asText().replaceFirst("^(model|site)/", ""));
    String sign =
        switch (kind) {
          case "add" -> style.marked(Listing.Mark.GOOD, "+");
          case "remove" -> style.marked(Listing.Mark.BAD, "-");
          default -> style.marked(Listing.Mark.WARN, "~");
        };
    String why = kind.equals("remove") ? "not in the file: " : "";
    return "%s %-20s %s%s".formatted(sign, name, why, String.join(", ", words));
  }

  /** Of what is new only what is not as it always is. */
  private static boolean says(JsonNode field) {
    String to = field.path("to").asText("");
    return !field.path("key").asText().equals("displayName")
        && !Set.of("", "false", "0", "manual").contains(to);
  }

  private String field(JsonNode field, String kind) {
    String key = style.safe(field.path("key").asText());
    String to = value(field.path("to"));
    return kind.equals("add")
        ? key + " " + to
        : key + " " + value(field.path("from")) + " " + style.arrow() + " " + to;
  }

  private String value(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "none";
    }
    if (value.isArray()) {
      List<String> all = new ArrayList<>();
      value.forEach(one -> all.add(style.safe(one.asText())));
      return String.join("+", all);
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return style.safe(text.matches("[0-9a-f]{40}") ? text.substring(0, SHORT_COMMIT) : text);
  }

  private void leftAlone(JsonNode names) {
    if (names.isEmpty()) {
      return;
    }
    List<String> some = new ArrayList<>();
    for (JsonNode name : names) {
      if (some.size() < MOST_NAMED) {
        some.add(paper.talkStyle().safe(name.asText().replaceFirst("^(model|site)/", "")));
      }
    }
    int more = names.size() - some.size();
    paper.talk(
        Human.count(names.size(), "thing", "things")
            + " in the depot, not in the file: left alone: "
            + String.join(", ", some)
            + (more > 0 ? " and " + more + " more" : "")
            + "  (--prune takes back what they are wanted for)");
  }
}
