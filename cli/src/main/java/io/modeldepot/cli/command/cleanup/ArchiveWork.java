package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Both ways of the archive, asked for and told alike. */
final class ArchiveWork {
  private final Session session;
  private final String action;
  private final String list;

  /**
   * @param list under which the result has what was done
   */
  ArchiveWork(Session session, String action, String list) {
    this.session = session;
    this.action = action;
    this.list = list;
  }

  ExitCode run(String name, boolean dryRun, @Nullable String location, Duration patience) {
    Named named = Named.of(name, action);
    ObjectNode body = Json.object().put("scope", "model").put("action", action);
    body.put("model", named.model());
    if (!named.version().isEmpty()) {
      body.put("commit", MeantVersion.commit(session, named));
    }
    if (dryRun) {
      body.put("dryRun", true);
    }
    if (location != null) {
      body.put("location", location);
    }
    JsonNode end = new Waited(session, patience).end(action, body);
    if (session.form().machine()) {
      session.paper().machine(end);
    } else {
      show(named, end);
    }
    boolean partly = !end.at("/result/kept").isEmpty() && !end.at("/result/" + list).isEmpty();
    return partly ? ExitCode.PARTLY : ExitCode.OK;
  }

  private void show(Named named, JsonNode end) {
    Style style = session.paper().style();
    JsonNode result = end.path("result");
    boolean planned = "planned".equals(end.path("state").asText());
    for (JsonNode one : result.path(list)) {
      String what = style.safe(one.path("what").asText());
      long bytes = one.path("bytes").asLong();
      session.paper().data(what + line(planned, bytes, one.path("archiveBytes").asLong()));
    }
    for (JsonNode one : result.path("kept")) {
      session
          .paper()
          .data(
              style.safe(one.path("what").asText())
                  + " stays as it is: "
                  + style.safe(one.path("reason").asText()));
    }
    boolean away = "archived".equals(list) && !planned && !result.path(list).isEmpty();
    if (away) {
      session.paper().data("saves " + Human.bytes(result.path("savedBytes").asLong()));
      session.paper().talk("Bring it back:  " + session.program() + " unarchive " + named.model());
    }
  }

  private String line(boolean planned, long bytes, long packed) {
    if (planned) {
      return ("archived".equals(list) ? " would be packed, " : " would come back, ")
          + Human.bytes(bytes);
    }
    return "archived".equals(list)
        ? " is archived: " + Human.bytes(bytes) + " take " + Human.bytes(packed)
        : " is back: " + Human.bytes(bytes);
  }
}
