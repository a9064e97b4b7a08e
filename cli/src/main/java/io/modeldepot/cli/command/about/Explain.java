package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.placement.PlacementStory;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: what a problem's code means, or why a model runs where it does. */
@Command(
    name = "explain",
    description = {
      "What a problem's code means, what leads to it, and what helps; needs nothing running.",
      "Or why a model runs where it does, or nowhere, and what would place it.",
      "Without a word: all codes.",
      "",
      "Examples:",
      "  explain gated",
      "  explain codellama-13b",
      "  explain phi-2 --compose > phi-2.yaml     a fragment for docker compose",
      "  explain -o csv",
      ""
    })
public final class Explain implements Work {
  private static final Duration FOR_A_NAMESAKE = Duration.ofSeconds(2);

  @Parameters(
      paramLabel = "CODE|NAME",
      arity = "0..1",
      description = "a code, as error messages show it, or a model")
  @Nullable String code;

  @Option(names = "--code", description = "the problem, where a model is named like it")
  boolean onlyCode;

  @Option(
      names = "--compose",
      description = "instead: the fragment for docker compose that starts the model as decided")
  boolean compose;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "whose, for a model that is on several hosts; with --compose")
  @Nullable String host;

  @Override
  public ExitCode run(Session session) {
    if (compose || host != null) {
      if (code == null || !compose) {
        throw Failure.usage("--compose takes a model, and --host goes with --compose")
            .tryThis(Try.command("explain NAME --compose"));
      }
      new PlacementStory(session).compose(code, Optional.ofNullable(host));
      return ExitCode.OK;
    }
    if (code == null) {
      all(session);
      return ExitCode.OK;
    }
    Optional<ProblemCode> known =
        ProblemCode.of(code).filter(found -> found != ProblemCode.UNKNOWN);
    if (known.isPresent() && !onlyCode && isModel(session, code)) {
      model(session, code);
      session
          .paper()
          .talk("A problem has this code too:  " + session.program() + " explain --code " + code);
    } else if (known.isPresent()) {
      one(session, ProblemText.of(known.get()));
    } else {
      try {
        model(session, code);
      } catch (Failure e) {
        if (e.exit() == ExitCode.UNREACHABLE && !session.registry().answered()) {
          throw Failure.of(ExitCode.NOT_FOUND, "", "no problem has the code \"" + code + "\"")
              .because("and models cannot be asked about: " + e.headline())
              .tryThis(new Try("show all codes", "explain"));
        }
        throw e;
      }
    }
    return ExitCode.OK;
  }

  /** Codes are explained with nothing running, so nobody is waited for. */
  private static boolean isModel(Session session, String name) {
    try {
      return session
          .registry()
          .get(name, "/models/" + Registry.segment(name), FOR_A_NAMESAKE)
          .isObject();
    } catch (Failure e) {
      return false;
    }
  }

  private static void model(Session session, String name) {
    if (new PlacementStory(session).tell(name)) {
      return;
    }
    JsonNode entry =
        session
            .registry()
            .find(name, "/models/" + Registry.segment(name))
            .orElseThrow(
                () ->
                    Failure.of(
                            ExitCode.NOT_FOUND,
                            "",
                            "\"" + name + "\" is neither a problem's code nor a model")
                        .tryThis(new Try("show all codes", "explain"))
                        .tryThis(new Try("show the catalog", "list")));
    boolean asked = entry.path("placement").isObject();
    boolean here = entry.path("current").isObject();
    Paper paper = session.paper();
    paper.data(
        paper.style().safe(name)
            + " is not planned with: "
            + (here ? "" : "no verified version of it is here")
            + (here || asked ? "" : ", and ")
            + (asked ? "" : "the catalog does not say what it shall serve")
            + (here && asked ? "the plan for it is being made; ask again in a moment" : ""));
    if (here && asked) {
      return;
    }
    paper.talk(
        "Next:  "
            + session.program()
            + (here ? " place " + name + " --users 10 --context 4096" : " download " + name));
  }

  private static void all(Session session) {
    List<Row> rows = new ArrayList<>();
    ArrayNode machine = Json.array();
    for (ProblemText text : ProblemText.all()) {
      machine.add(json(text));
      rows.add(
          Row.of(
              text.code().code(),
              text.code().code(),
              text.title(),
              Integer.toString(text.exitCode()),
              Integer.toString(text.status()),
              text.retryable() ? "yes" : "no"));
    }
    List<Column> columns =
        List.of(
            Column.text("CODE"),
            Column.text("MEANS"),
            Column.number("EXIT"),
            Column.number("HTTP"),
            Column.text("RETRY"));
    session.paper().print(new Listing(columns, rows, machine, ""));
  }

  private static void one(Session session, ProblemText text) {
    if (session.form().machine()) {
      session.paper().machine(json(text));
      return;
    }
    Style style = session.paper().style();
    session.paper().data(style.bold(text.code().code()) + ": " + text.title());
    session.paper().data(text.cause());
    session
        .paper()
        .data(
            "Exit code "
                + text.exitCode()
                + ", HTTP "
                + text.status()
                + (text.retryable()
                    ? "; trying again later can help"
                    : "; trying again alone does not help"));
    text.remedies()
        .forEach(
            remedy ->
                session
                    .paper()
                    .data(
                        "  "
                            + style.arrow()
                            + " "
                            + remedy.say()
                            + remedy
                                .cli()
                                .map(c -> ":  " + session.program() + " " + c)
                                .orElse("")));
  }

  private static JsonNode json(ProblemText text) {
    ObjectNode node =
        Json.object()
            .put("code", text.code().code())
            .put("title", text.title())
            .put("cause", text.cause())
            .put("exit", text.exitCode())
            .put("status", text.status())
            .put("retryable", text.retryable());
    ArrayNode remedies = node.putArray("remedies");
    text.remedies()
        .forEach(
            remedy -> {
              ObjectNode entry = remedies.addObject().put("say", remedy.say());
              remedy.cli().ifPresent(c -> entry.put("cli", c));
              remedy.rest().ifPresent(r -> entry.put("rest", r));
            });
    return node;
  }
}
