package io.modeldepot.cli.command.download;

import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.progress.Job;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch}: follows jobs that somebody else, or this command earlier, started. */
@Command(
    name = "watch",
    description = {
      "Follows downloads to their end.",
      "The exit code is download's.",
      "",
      "Examples:",
      "  watch cli-7QK3Z6M2W4ABCDEF",
      "  downloads --running -q | watch -",
      ""
    })
public final class Watch implements Work {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "jobs; - reads them from stdin")
  @Nullable List<String> ids;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    List<Job> jobs = new ArrayList<>();
    for (String id : session.named(ids, "job")) {
      jobs.add(
          Job.of(session.registry().get("download " + id, "/downloads/" + Registry.segment(id))));
    }
    return new Following(session, ProgressKind.of(progress, session)).follow(jobs);
  }
}
