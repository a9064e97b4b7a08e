package io.modeldepot.cli.command.cleanup;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unarchive}: brings back what was packed. */
@Command(
    name = "unarchive",
    description = {
      "Brings back what  archive  packed: every byte is verified before anything is published.",
      "Needs no network. It becomes current again if it was and no other version is.",
      "",
      "Examples:",
      "  unarchive phi-2            every archived version of it",
      "  unarchive phi-2@COMMIT     this version, by its 40 digits",
      ""
    })
public final class Unarchive implements Work {
  @Parameters(paramLabel = "NAME[@VERSION]", description = "the model, or one version")
  String name = "";

  @Option(names = "--dry-run", description = "show what would come back, change nothing")
  boolean dryRun;

  @Option(names = "--location", paramLabel = "NAME", description = "only this location")
  @Nullable String location;

  @Option(names = "--wait", paramLabel = "AGE", description = "how long to wait: 10m, 1h")
  String patience = "1h";

  @Override
  public ExitCode run(Session session) {
    return new ArchiveWork(session, "unarchive", "restored")
        .run(name, dryRun, location, Amounts.span(patience, "--wait"));
  }
}
