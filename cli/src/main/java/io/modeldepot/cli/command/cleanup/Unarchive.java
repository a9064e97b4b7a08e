package io.modeldepot.cli.command.cleanup;

import io.modeldepot.cli.command.Amounts;
import io.modeldepot.cli.command.EachName;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import java.time.Duration;
import java.util.List;
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
      "  versions phi-2 --filter state=archived -q | unarchive -",
      ""
    })
public final class Unarchive implements Work {
  @Parameters(
      paramLabel = "NAME[@VERSION]",
      arity = "0..*",
      description = "models, or versions of them; - reads them from stdin")
  @Nullable List<String> names;

  @Option(names = "--dry-run", description = "show what would come back, change nothing")
  boolean dryRun;

  @Option(names = "--location", paramLabel = "NAME", description = "only this location")
  @Nullable String location;

  @Option(names = "--wait", paramLabel = "AGE", description = "how long to wait: 10m, 1h")
  String patience = "1h";

  @Override
  public ExitCode run(Session session) {
    ArchiveWork work = new ArchiveWork(session, "unarchive", "restored");
    Duration wait = Amounts.span(patience, "--wait");
    return EachName.run(
        session,
        session.named(names, "model"),
        "unarchive",
        name -> work.run(name, dryRun, location, wait));
  }
}
