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

/** {@code archive}: packs what nobody uses. */
@Command(
    name = "archive",
    description = {
      "Packs a model, or one version of it, without loss and out of the way. It stays in the lists",
      "and comes back with  unarchive  without network. What is active, pinned, placed, leased or",
      "being downloaded is refused. The disk gets the room when the trash ends.",
      "",
      "Examples:",
      "  archive phi-2 --dry-run    what would be packed",
      "  archive phi-2              every version of it",
      "  archive phi-2@9ab9e76      this version, by the beginning of its commit or its revision",
      "  list --filter 'verified>90d' -q | archive - --dry-run",
      ""
    })
public final class ArchiveAway implements Work {
  @Parameters(
      paramLabel = "NAME[@VERSION]",
      arity = "0..*",
      description = "models, or versions of them; - reads them from stdin")
  @Nullable List<String> names;

  @Option(names = "--dry-run", description = "show what would be packed, change nothing")
  boolean dryRun;

  @Option(names = "--location", paramLabel = "NAME", description = "only this location")
  @Nullable String location;

  @Option(names = "--wait", paramLabel = "AGE", description = "how long to wait: 10m, 1h")
  String patience = "1h";

  @Override
  public ExitCode run(Session session) {
    ArchiveWork work = new ArchiveWork(session, "archive", "archived");
    Duration wait = Amounts.span(patience, "--wait");
    return EachName.run(
        session,
        session.named(names, "model"),
        "archive",
        name -> work.run(name, dryRun, location, wait));
  }
}
