package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.output.Style;

/** What a backup or a restore had to leave out. */
final class LeftOutText {
  private LeftOutText() {}

  static void say(Session session, JsonNode result, String what) {
    Style style = session.paper().talkStyle();
    for (JsonNode out : result.path("leftOut")) {
      String commit = out.path("commit").asText();
      session
          .paper()
          .warn(
              what
                  + ": "
                  + style.safe(out.path("model").asText())
                  + "@"
                  + style.safe(commit.substring(0, Math.min(7, commit.length())))
                  + (out.hasNonNull("path") ? " " + style.safe(out.path("path").asText()) : "")
                  + ": "
                  + style.safe(out.path("why").asText()));
    }
  }
}
