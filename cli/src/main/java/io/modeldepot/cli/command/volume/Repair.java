package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.cleanup.Waited;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code verify --repair}: the janitor reads, and what is damaged is downloaded again. */
final class Repair {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Session session;

  Repair(Session session) {
    this.session = session;
  }

  /** Exit 0 where nothing was damaged, 1 where something was; its repair is then under way. */
  ExitCode run(@Nullable List<String> names, boolean quick) {
    if (quick) {
      throw Failure.usage("--repair reads every byte; --quick reads none");
    }
    List<ObjectNode> bodies = new ArrayList<>();
    if (names == null || names.isEmpty()) {
      bodies.add(body());
    } else {
      session.named(names, "model").forEach(name -> bodies.add(body(name)));
    }
    ArrayNode ends = Json.array();
    bodies.forEach(
        body ->
            ends.add(
                new Waited(session, PATIENCE, "integrity")
                    .end(body.path("model").asText("verify"), body)));
    long damaged = 0;
    for (JsonNode end : ends) {
      damaged += end.at("/result/damaged").asLong();
    }
    if (session.form().machine()) {
      session.paper().machine(ends);
    } else {
      ends.forEach(this::show);
    }
    return damaged == 0 ? ExitCode.OK : ExitCode.NO;
  }

  private void show(JsonNode end) {
    JsonNode result = end.path("result");
    Style style = session.paper().style();
    for (JsonNode finding : result.path("findings")) {
      session
          .paper()
          .data(
              style.safe(finding.path("model").asText())
                  + "@"
                  + style.safe(finding.path("commit").asText().substring(0, 7))
                  + ": "
                  + style.safe(finding.path("say").asText()));
    }
    session
        .paper()
        .data(
            result.path("versions").asLong()
                + " read again, "
                + result.path("damaged").asLong()
                + " damaged");
    if (result.path("repair").asBoolean()) {
      session
          .paper()
          .talk("What is damaged is being brought anew:  " + session.program() + " downloads");
    }
  }

  private static ObjectNode body() {
    return Json.object().put("scope", "integrity").put("action", "repair");
  }

  private static ObjectNode body(String name) {
    Named named = Named.of(name, "verify --repair");
    ObjectNode body = body().put("model", named.model());
    if (!named.version().isEmpty()) {
      if (!named.version().matches("[0-9a-f]{40}")) {
        throw Failure.usage("\"" + named.version() + "\" is no whole commit")
            .tryThis(new Try("show them", "status " + named.model()));
      }
      body.put("commit", named.version());
    }
    return body;
  }
}
