package io.modeldepot.cli.command.desired;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.cleanup.Waited;
import io.modeldepot.cli.command.download.Following;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.progress.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code apply}: the depot becomes as a file says it. */
@Command(
    name = "apply",
    description = {
      "Makes the depot as a models.yaml says it: models, versions, users, GPUs, retention.",
      "Shows what changes and does exactly that, all or nothing; again: changes nothing. What the",
      "file does not say stays as it is, unless --prune is given. docs/desired-state.md has the keys.",
      "",
      "Examples:",
      "  apply -f models.yaml --dry-run     what would change; exit 1 if anything",
      "  apply -f models.yaml               do it; downloads go on by themselves",
      "  apply -f models.yaml --wait        and follow them to their end; exit 3 if one fails",
      "  apply -f models.yaml --prune       what is not in the file is not served any more",
      ""
    })
public final class Apply implements Work {
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final String DOWNLOAD = "download-requested";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "a models.yaml; - reads it from stdin")
  String file = "";

  @Option(names = "--dry-run", description = "show what would change, change nothing")
  boolean dryRun;

  @Option(
      names = "--prune",
      description =
          "what the file does not say is taken back: models are archived, nothing deleted")
  boolean prune;

  @Option(names = "--wait", description = "follow downloads and archiving to their end")
  boolean wait;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    StateDifference difference = new StateDifference(session, file, prune);
    if (dryRun) {
      return difference.question();
    }
    ProgressKind kind = ProgressKind.of(progress, session);
    JsonNode shown = difference.ask();
    if (!session.form().machine() || shown.path("same").asBoolean()) {
      new StateText(session.paper()).difference(shown, difference.name());
    }
    if (shown.path("same").asBoolean()) {
      return ExitCode.OK;
    }
    if (takesAway(shown) && !session.agreed("Take back what is marked with -, and archive it?")) {
      return ExitCode.OK;
    }
    JsonNode done = difference.carryOut(shown);
    if (session.form().machine()) {
      session.paper().machine(done);
    } else {
      said(session, done);
    }
    return wait ? followed(session, done, kind) : ExitCode.OK;
  }

  private static boolean takesAway(JsonNode shown) {
    for (JsonNode change : shown.path("changes")) {
      if (change.path("kind").asText().equals("remove")) {
        return true;
      }
    }
    return false;
  }

  private void said(Session session, JsonNode done) {
    int changes = done.path("changes").size();
    session.paper().talk("Done: " + Human.count(changes, "change", "changes") + ".");
    List<String> downloads = ids(done, true);
    if (!wait && !downloads.isEmpty()) {
      session
          .paper()
          .talk("Follow:  " + session.program() + " watch " + String.join(" ", downloads));
    }
  }

  private static List<String> ids(JsonNode done, boolean downloads) {
    List<String> ids = new ArrayList<>();
    for (JsonNode work : done.path("work")) {
      if (work.path("event").asText().equals(DOWNLOAD) == downloads) {
        ids.add(work.path("id").asText());
      }
    }
    return ids;
  }

  /** The wishes are kept already: what fails now is a part of it. */
  private static ExitCode followed(Session session, JsonNode done, ProgressKind kind) {
    boolean all = true;
    List<Job> jobs = new ArrayList<>();
    for (String id : ids(done, true)) {
      String path = "/downloads/" + Registry.segment(id);
      jobs.add(Job.of(session.registry().get("download " + id, path)));
    }
    if (!jobs.isEmpty()) {
      ExitCode end = new Following(session, kind).follow(jobs);
      if (end == ExitCode.INTERRUPTED) {
        return end;
      }
      all = end == ExitCode.OK;
    }
    for (String id : ids(done, false)) {
      try {
        String path = "/cleanups/" + Registry.segment(id);
        JsonNode unused =
            new Waited(session, PATIENCE, "cleanups")
                .end("archive", session.registry().get("archive", path));
      } catch (Failure e) {
        FailureText.print(e, session.paper(), session.program());
        all = false;
      }
    }
    return all ? ExitCode.OK : ExitCode.PARTLY;
  }
}
