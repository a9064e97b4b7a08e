package io.modeldepot.cli.command.notify;

import io.modeldepot.cli.command.AtMost;
import io.modeldepot.cli.command.Filters;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.events.terms.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code notify}: who is told, and what came of it. */
@Command(
    name = "notify",
    description = {
      "Who is told what happens, and what came of it.",
      "",
      "  notify [list]             the receivers, and whether anything can be sent there",
      "  notify log [RECEIVER]     what was told in the last 30 days, the newest first",
      "  notify test RECEIVER      send a test now, and say what came of it",
      "  notify retry ID...        tell it again now, under the same id",
      "",
      "A receiver is set in a models.yaml, section notify, or by REST: PUT /site/notify/RECEIVER.",
      "",
      "Examples:",
      "  notify test ops",
      "  notify log ops --filter state=given-up",
      "  notify log --filter 'created<1d' --filter kind~backup -q | notify retry -",
      "",
      "Fields of filters: id, receiver, kind, object, state, attempts, status, created, updated.",
      ""
    })
public final class Notify implements Work {
  private static final List<String> ACTIONS = List.of("list", "log", "test", "retry");

  @Parameters(
      paramLabel = "ACTION",
      arity = "0..*",
      description = "list, log, test or retry, and what about")
  @Nullable List<String> words;

  @Mixin Filters filters = new Filters();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "log: at most so many; 50")
  int limit = 50;

  @Override
  public ExitCode run(Session session) {
    List<String> given = words == null ? List.of() : words;
    String action = given.isEmpty() ? ACTIONS.getFirst() : given.getFirst();
    List<String> about = given.isEmpty() ? List.of() : given.subList(1, given.size());
    return switch (action) {
      case "list" -> {
        refuse(about, "list");
        yield new Receivers(session).list();
      }
      case "log" -> {
        AtMost.oneOrMore(limit);
        refuse(about.subList(Math.min(1, about.size()), about.size()), "log");
        yield new Told(session).log(about.stream().findFirst(), filters.query(), limit);
      }
      case "test" -> new Receivers(session).test(one(about));
      case "retry" -> new Told(session).retry(session.named(about, "ID"));
      default ->
          throw Failure.usage("\"" + action + "\" is nothing that notify does")
              .because("it can be: " + String.join(", ", ACTIONS))
              .tryThis(
                  Nearest.to(action, ACTIONS)
                      .map(near -> new Try("did you mean " + near + "?", "notify " + near))
                      .orElse(Try.command("notify --help")));
    };
  }

  private static String one(List<String> about) {
    if (about.size() != 1) {
      throw Failure.usage("which receiver? a test goes to one")
          .tryThis(new Try("show them", "notify list"));
    }
    return about.getFirst();
  }

  private static void refuse(List<String> more, String action) {
    if (!more.isEmpty()) {
      throw Failure.usage("notify " + action + " knows nothing of \"" + more.getFirst() + "\"");
    }
  }
}
