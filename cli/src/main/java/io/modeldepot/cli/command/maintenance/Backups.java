package io.modeldepot.cli.command.maintenance;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backups}: what backups there are, and what is done with them. */
@Command(
    name = "backups",
    description = {
      "The backups there are, newest first; and what can be done with them.",
      "",
      "  backups                       list them",
      "  backups check [--read-data]   prove that they are whole: 0 they are, 1 findings",
      "  backups show BACKUP           its versions (with --at)",
      "  backups diff A B              what is in one and not in the other: 0 the same, 1 not",
      "  backups pin BACKUP --reason TEXT, backups unpin BACKUP",
      "  backups prune [--plan]        forget what no rule keeps; its bytes go a day later",
      "  backups drill [BACKUP]        restore a sample to a scratch place, verify it, remove it",
      "",
      "Examples:",
      "  backups check --read-data-subset 1/7     a seventh each day is everything in a week",
      "  backups --at /mnt/backup                 with nothing running, from the repository itself",
      ""
    })
public final class Backups implements Work {
  @Parameters(
      paramLabel = "ACTION",
      arity = "0..*",
      description = "check, show, diff, pin, unpin, prune or drill, and what about; none: list")
  @Nullable List<String> words;

  @Option(names = "--read-data", description = "with check: read and unpack every block")
  boolean readData;

  @Option(
      names = "--read-data-subset",
      paramLabel = "N/T",
      description = "with check: the Nth of T equal parts")
  @Nullable String subset;

  @Option(names = "--reason", paramLabel = "TEXT", description = "with pin: why it stays")
  @Nullable String reason;

  @Option(names = "--plan", description = "with prune: only say what would go")
  boolean plan;

  @Option(names = "--target", paramLabel = "TARGET", description = "which target; default")
  @Nullable String target;

  @Mixin RepositoryPlace place = new RepositoryPlace();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "at most so many; 50")
  int limit = 50;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    return words == null || words.isEmpty()
        ? watching.run(session, this::answer)
        : watching.once(session, this::answer);
  }

  private ExitCode answer(Session session) {
    List<String> given = words == null ? List.of() : words;
    String action = given.isEmpty() ? "list" : given.getFirst();
    List<String> about = given.isEmpty() ? List.of() : given.subList(1, given.size());
    if (place.isNamed()) {
      OfflineBackups offline = new OfflineBackups(session, place);
      return switch (action) {
        case "list" -> offline.list();
        case "check" -> offline.check(depth());
        case "diff" -> offline.diff(first(about), second(about));
        case "show" -> offline.show(one(about, action));
        default -> throw noSuch(action + " with --at");
      };
    }
    OnlineBackups online =
        new OnlineBackups(session, Optional.ofNullable(target), Optional.ofNullable(progress));
    return switch (action) {
      case "list" -> online.list(limit);
      case "check" -> online.check(depth());
      case "diff" -> online.diff(first(about), second(about));
      case "pin" -> online.pin(one(about, action), Optional.ofNullable(reason));
      case "unpin" -> online.unpin(one(about, action));
      case "prune" -> online.prune(plan);
      case "drill" ->
          online.drill(about.isEmpty() ? Optional.empty() : Optional.of(one(about, action)));
      default -> throw noSuch(action);
    };
  }

  /** How much a check reads, as its command says it; empty: the structure alone. */
  private Optional<String> depth() {
    return readData ? Optional.of("all") : Optional.ofNullable(subset);
  }

  private static String first(List<String> two) {
    if (two.size() != 2) {
      throw Failure.usage("backups diff is about two backups")
          .tryThis(Try.command("backups diff BACKUP latest"));
    }
    return two.getFirst();
  }

  private static String second(List<String> two) {
    return two.getLast();
  }

  private static String one(List<String> about, String action) {
    if (about.size() != 1) {
      throw Failure.usage("backups " + action + " is about one backup")
          .tryThis(Try.command("backups " + action + " BACKUP"));
    }
    return about.getFirst();
  }

  private static Failure noSuch(String action) {
    return Failure.usage("there is no \"backups " + action + "\"")
        .tryThis(new Try("see what there is", "backups --help"));
  }
}
