package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}: saves what is on the volume. */
@Command(
    name = "backup",
    description = {
      "Saves the whole depot, a family or a model to where backups go.",
      "Only what the backups before do not have costs anything.",
      "",
      "Examples:",
      "  backup                        everything",
      "  backup --plan                 only say what it would cost",
      "  backup --family llama",
      "  backup phi-2 --target nas",
      "",
      "Ctrl-C leaves the backup running.",
      ""
    })
public final class Backup implements Work {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one model; none: everything")
  @Nullable String name;

  @Option(names = "--family", paramLabel = "FAMILY", description = "one family")
  @Nullable String family;

  @Option(names = "--plan", description = "only say what it would add, how long it would take")
  boolean plan;

  @Option(names = "--target", paramLabel = "TARGET", description = "where to; default")
  @Nullable String target;

  @Option(names = "--location", paramLabel = "LOCATION", description = "only this location")
  @Nullable String location;

  @Option(names = "--detach", description = "do not follow: print the request's id and return")
  boolean detach;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    ObjectNode body = Json.object();
    if (name != null) {
      body.put("model", Named.alone(name, "backup").model());
    }
    Bodies.put(body, "family", family);
    Bodies.put(body, "target", target);
    Bodies.put(body, "location", location);
    if (plan) {
      body.put("dryRun", true);
    }
    Followed followed = new Followed(session, "backups", ProgressKind.of(progress, session));
    JsonNode asked = followed.ask("backup", body);
    if (detach) {
      session.paper().data(asked.path("id").asText());
      return ExitCode.OK;
    }
    Optional<JsonNode> ended = followed.follow(asked);
    if (ended.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    ExitCode exit = Followed.outcome("backup", ended.get());
    if (plan && PlanText.missing(ended.get().path("result")) > 0) {
      exit = ExitCode.NO_SPACE;
    }
    if (session.form().machine()) {
      followed.summary(ended.get(), exit);
    } else {
      say(session, ended.get().path("result"));
    }
    return exit;
  }

  private void say(Session session, JsonNode result) {
    Style style = session.paper().style();
    if (plan) {
      session.paper().data(PlanText.of(result, style));
      long missing = PlanText.missing(result);
      if (missing > 0) {
        session
            .paper()
            .warn("It does not fit: about " + Human.bytes(missing) + " are missing there.");
      }
      return;
    }
    session
        .paper()
        .data(
            style.safe(result.path("backup").asText())
                + "  "
                + style.safe(result.path("scope").asText())
                + "  "
                + Human.count(result.path("versions").asLong(), "version", "versions")
                + " of "
                + Human.count(result.path("models").asLong(), "model", "models")
                + ", "
                + Human.bytes(result.path("totalBytes").asLong())
                + ", "
                + Human.bytes(result.path("addedBytes").asLong())
                + " added in "
                + Human.span(Math.round(result.path("seconds").asDouble())));
    String registry = result.path("registry").asText();
    if (!registry.equals("included")) {
      session.paper().warn("The registry's data are not in it: " + style.safe(registry));
    }
    LeftOutText.say(session, result, "not saved");
  }
}
