package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.download.Following;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.Job;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback}: a kept version becomes the current one again; nothing is transferred. */
@Command(
    name = "rollback",
    description = {
      "Makes a kept version the current one again.",
      "Pins the model to it; nothing is transferred.",
      "",
      "Examples:",
      "  rollback mistral-7b                the version before the current one",
      "  rollback mistral-7b@26bca36",
      ""
    })
public final class Rollback implements Work {
  @Parameters(paramLabel = "NAME[@COMMIT]", description = "the model, and the version")
  String wanted = "";

  @Option(names = "--detach", description = "do not wait until it is done")
  boolean detach;

  @Override
  public ExitCode run(Session session) {
    Named named = Named.of(wanted, "rollback");
    String model = named.model();
    String path = "/models/" + Registry.segment(model);
    String commit =
        named.version().isEmpty()
            ? previous(session, model)
            : Wish.commit(session, model, named.version());
    session
        .paper()
        .talk(
            session
                .paper()
                .talkStyle()
                .safe(model + " " + session.paper().talkStyle().arrow() + " " + commit));
    Call call = Call.post(path + "/rollback", Json.object().put("commit", commit));
    Job job = Job.of(session.registry().send(model, call).body());
    if (detach) {
      session.paper().data(session.form().machine() ? Json.line(job.record()) : job.id());
      return ExitCode.OK;
    }
    ExitCode ended = new Following(session, ProgressKind.AUTO).follow(List.of(job));
    if (ended == ExitCode.OK) {
      session
          .paper()
          .talk(
              "It stays there until you say otherwise:  "
                  + session.program()
                  + " unpin "
                  + model
                  + "   (follow its branch again)");
    }
    return ended;
  }

  /**
   * The version that was current before: of those that are here, the one with the highest
   * generation below the current.
   */
  private static String previous(Session session, String model) {
    String path = "/models/" + Registry.segment(model) + "/versions";
    ArrayNode versions = session.registry().items(model, path, 500);
    String best = "";
    long generation = -1;
    for (JsonNode v : versions) {
      boolean candidate =
          !v.path("current").asBoolean() && "present".equals(v.path("state").asText());
      if (candidate && v.path("generation").asLong() > generation) {
        generation = v.path("generation").asLong();
        best = v.path("commit").asText();
      }
    }
    if (best.isEmpty()) {
      throw Failure.of(
              ExitCode.NOT_FOUND, "unknown-version", model + ": there is no earlier version here")
          .tryThis(new Try("show the versions", "status " + model));
    }
    return best;
  }
}
