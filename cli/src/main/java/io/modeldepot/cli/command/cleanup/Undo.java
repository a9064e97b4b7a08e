package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undo}: brings back what a cleanup took away. */
@Command(
    name = "undo",
    description = {
      "Brings back what a cleanup took away, while it is in the trash.",
      "",
      "Examples:",
      "  undo                       what was taken away last",
      "  undo r-7QK3Z6M2W4ABCDEF    everything that this cleanup took",
      "  undo --model phi-2         every version of a model that is in the trash",
      ""
    })
public final class Undo implements Work {
  @Parameters(
      paramLabel = "WHAT",
      arity = "0..1",
      description = "a cleanup's id, an entry of the trash, or last",
      defaultValue = "last")
  String what = "last";

  @Option(names = "--model", paramLabel = "NAME", description = "every version of it")
  @Nullable String model;

  @Option(names = "--location", paramLabel = "NAME", description = "only this location")
  @Nullable String location;

  @Override
  public ExitCode run(Session session) {
    ObjectNode body = Json.object().put("scope", "trash").put("action", "undo");
    if (model == null) {
      body.put("trash", what.toLowerCase(java.util.Locale.ROOT).equals("last") ? "last" : what);
    } else {
      body.put("model", model);
    }
    if (location != null) {
      body.put("location", location);
    }
    JsonNode end = new Waited(session, Duration.ofHours(1)).end("undo", body);
    if (session.form().machine()) {
      session.paper().machine(end);
      return exit(end);
    }
    Style style = session.paper().style();
    for (JsonNode one : end.at("/result/restored")) {
      session.paper().data(style.safe(one.path("what").asText()) + " is back");
    }
    for (JsonNode one : end.at("/result/kept")) {
      session
          .paper()
          .data(
              style.safe(one.path("what").asText())
                  + " is not back: "
                  + style.safe(one.path("reason").asText()));
    }
    return exit(end);
  }

  private static ExitCode exit(JsonNode end) {
    return end.at("/result/kept").isEmpty() ? ExitCode.OK : ExitCode.PARTLY;
  }
}
