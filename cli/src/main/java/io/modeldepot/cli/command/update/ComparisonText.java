package io.modeldepot.cli.command.update;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;

/** A comparison as people read it: the sentence first, then what changes, then what does not. */
final class ComparisonText {
  private static final int LABEL = 15;

  private ComparisonText() {}

  /** The lines below and with the headline. */
  static List<String> lines(JsonNode said, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(safe(headline(said), style)));
    List<String> same = new ArrayList<>();
    for (JsonNode aspect : said.path("aspects")) {
      String name = aspect.path("name").asText().replace('-', ' ');
      boolean unchanged = "same".equals(aspect.path("state").asText());
      if (unchanged && !"weights".equals(name)) {
        same.add(name);
      } else {
        lines.add(line(name, aspect.path("say").asText(), files(aspect), style));
      }
    }
    List<String> users = new ArrayList<>();
    for (JsonNode gpu : said.path("memory")) {
      users.add(
          "%d users → %d on %s/%s"
              .formatted(
                  gpu.path("usersFrom").asInt(),
                  gpu.path("usersTo").asInt(),
                  gpu.path("host").asText(),
                  gpu.path("gpu").asText()));
    }
    if (!users.isEmpty()) {
      lines.add(line("memory", String.join(", ", users), "", style));
    }
    if (!same.isEmpty()) {
      lines.add("  " + style.faint(safe("same: " + String.join(", ", same), style)));
    }
    return lines;
  }

  /** The kind of change, and what it costs to have it. */
  static String headline(JsonNode said) {
    long bytes = said.path("fetchBytes").asLong();
    return said.path("headline").asText()
        + (bytes > 0 ? " " + Human.bytes(bytes) + " to fetch." : "");
  }

  /** Seven letters of a commit. */
  static String brief(JsonNode side) {
    String commit = side.path("commit").asText();
    return commit.substring(0, Math.min(7, commit.length()));
  }

  static String safe(String text, Style style) {
    return style.safe(text.replace("→", style.arrow()).replace("…", style.ellipsis()));
  }

  private static String line(String label, String say, String files, Style style) {
    String padded = label + " ".repeat(Math.max(1, LABEL - label.length()));
    return "  "
        + style.faint(safe(padded, style))
        + safe(say, style)
        + (files.isEmpty() ? "" : "  " + style.faint(safe(files, style)));
  }

  private static String files(JsonNode aspect) {
    JsonNode files = aspect.path("files");
    if (files.isEmpty()) {
      return "";
    }
    String first = files.get(0).asText();
    return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
  }
}
