package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: brings versions back from a backup. */
@Command(
    name = "restore",
    description = {
      "Brings back from a backup what is missing or damaged; what is there and whole is not written again.",
      "A restored version becomes the current one of its model.",
      "",
      "Examples:",
      "  restore latest                          everything of the newest backup",
      "  restore b-3f9c21aa --model phi-2        one model; phi-2@COMMIT: one version",
      "  restore latest --family llama --to lab  elsewhere, below the directory that is set for it",
      "  restore latest --at /mnt/backup         with nothing running, from the repository itself",
      "  restore latest --at s3://backups/depot  the same from a bucket; --endpoint URL if it is not Amazon's",
      "  restore latest --at /mnt/backup --registry",
      "                                          then, into the depot that was started anew: the catalog, its pins and",
      "                                          settings, what was asked, and the audit trail",
      ""
    })
public final class Restore implements Work {
  private static final int COMMIT = 40;

  @Parameters(
      paramLabel = "BACKUP",
      arity = "1",
      description = "its id, or the beginning of it; latest; or the id of the request that made it")
  String backup = "";

  @Option(names = "--model", paramLabel = "NAME[@COMMIT]", description = "one model, or version")
  @Nullable String model;

  @Option(names = "--family", paramLabel = "FAMILY", description = "one family")
  @Nullable String family;

  @Option(names = "--to", paramLabel = "DIR", description = "a directory, not the depot's volume")
  @Nullable String to;

  @Option(names = "--location", paramLabel = "LOCATION", description = "only this location")
  @Nullable String location;

  @Mixin RepositoryPlace place = new RepositoryPlace();

  @Option(
      names = "--registry",
      description =
          "with --at: the registry's data alone, into the depot that runs; it must be new")
  boolean registry;

  @Option(names = "--detach", description = "do not follow: print the request's id and return")
  boolean detach;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    Named named = model == null ? new Named("", "") : Named.of(model, "restore " + backup);
    if (!named.version().isEmpty() && named.version().length() != COMMIT) {
      throw Failure.usage("\"" + named.version() + "\" is no whole commit")
          .because(
              "the backup is asked, not the depot, so the commit is written with all 40 letters")
          .tryThis(new Try("see what is in it", "backups show " + backup));
    }
    if (registry) {
      return registry(session);
    }
    if (place.isNamed()) {
      return new OfflineRestore(session, place)
          .run(backup, OfflineRestore.scope(named, family), Optional.ofNullable(to));
    }
    ObjectNode body = Json.object().put("backup", MeantBackup.of(session, backup));
    Bodies.put(body, "model", named.model());
    Bodies.put(body, "commit", named.version());
    Bodies.put(body, "family", family);
    Bodies.put(body, "to", to);
    Bodies.put(body, "location", location);
    Followed followed = new Followed(session, "restores", ProgressKind.of(progress, session));
    JsonNode asked = followed.ask("restore " + backup, body);
    if (detach) {
      session.paper().data(asked.path("id").asText());
      return ExitCode.OK;
    }
    Optional<JsonNode> ended = followed.follow(asked);
    if (ended.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    LeftOutText.say(session, ended.get().path("result"), "not restored");
    ExitCode exit = Followed.outcome("restore " + backup, ended.get());
    if (session.form().machine()) {
      followed.summary(ended.get(), exit);
    } else {
      say(session, ended.get().path("result"));
    }
    return exit;
  }

  private ExitCode registry(Session session) {
    if (!place.isNamed() || model != null || family != null || to != null) {
      throw Failure.usage("the registry's data come whole, from a repository itself")
          .tryThis(Try.command("restore " + backup + " --at DIR --registry"));
    }
    return new RegistryBack(session, place).run(backup);
  }

  private static void say(Session session, JsonNode result) {
    Style style = session.paper().style();
    for (JsonNode one : result.path("restored")) {
      String commit = one.path("commit").asText();
      session
          .paper()
          .data(
              style.safe(one.path("model").asText())
                  + " "
                  + style.safe(commit.substring(0, Math.min(7, commit.length())))
                  + " "
                  + style.good("restored")
                  + ", "
                  + style.safe(one.path("outcome").asText()));
    }
    session
        .paper()
        .talk(
            Human.bytes(result.path("addedBytes").asLong())
                + " written, "
                + Human.bytes(result.path("keptBytes").asLong())
                + " were there, in "
                + Human.span(Math.round(result.path("seconds").asDouble())));
  }
}
