package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.ShellWords;
import io.modeldepot.cli.output.Paper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code unplace}: nothing is asked of a model any more. */
@Command(
    name = "unplace",
    description = {
      "Asks nothing of models any more: they stop within seconds, their files stay.",
      "What was asked is printed as the command that asks it again. With --json, planned is false",
      "once no GPU is planned for it any more; that is waited for.",
      "",
      "Examples:",
      "  unplace mistral-7b",
      ""
    })
public final class Unplace implements Work {
  private static final Map<String, String> OPTIONS = options();

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Override
  public ExitCode run(Session session) {
    List<Named> models =
        session.named(names, "model").stream().map(it -> Named.alone(it, "unplace")).toList();
    List<ExitCode> outcomes = new ArrayList<>();
    for (Named wanted : models) {
      try {
        takeBack(session, wanted.model());
        outcomes.add(ExitCode.OK);
      } catch (Failure e) {
        FailureText.print(
            session.meant(e, wanted.model(), "unplace"), session.paper(), session.program());
        outcomes.add(e.exit());
      }
    }
    return ExitCode.ofAll(outcomes);
  }

  private static void takeBack(Session session, String model) {
    boolean ran =
        new DecisionWatch(session)
            .now(model)
            .filter(it -> "placed".equals(it.path("state").asText()))
            .isPresent();
    JsonNode answer =
        session
            .registry()
            .send(model, Call.delete("/placements/" + Registry.segment(model)))
            .body();
    Paper paper = session.paper();
    if (session.form().machine()) {
      boolean over = !ran || isStopped(session, model);
      paper.machine(((ObjectNode) answer.deepCopy()).put("planned", !over));
      return;
    }
    JsonNode before = answer.path("placement");
    if (!before.isObject()) {
      paper.data(paper.style().safe(model) + " was asked for nothing already");
      return;
    }
    paper.data(paper.style().safe(model) + " is asked for nothing; its files stay");
    paper.talk(
        "Undo:  "
            + session.program()
            + " "
            + paper.talkStyle().safe(ShellWords.line(again(model, before))));
    if (ran) {
      paper.talk(
          isStopped(session, model)
              ? "It is planned for no GPU any more."
              : "It stays where it is until another plan is in force:  "
                  + session.program()
                  + " explain "
                  + paper.talkStyle().safe(model));
    }
  }

  /** What was asked is taken back already: whoever cannot tell now does not undo that. */
  private static boolean isStopped(Session session, String model) {
    try {
      return new DecisionWatch(session)
          .until(model, Unplace::isOver)
          .filter(Unplace::isOver)
          .isPresent();
    } catch (Failure e) {
      return false;
    }
  }

  private static boolean isOver(JsonNode decision) {
    return !"placed".equals(decision.path("state").asText());
  }

  /** The command that asks the same again. */
  private static String[] again(String model, JsonNode demand) {
    List<String> words = new ArrayList<>(List.of("place", model));
    OPTIONS.forEach(
        (field, option) -> {
          if (demand.hasNonNull(field)) {
            words.add(option);
            words.add(demand.path(field).asText());
          }
        });
    several(words, "--dtype", demand.path("variants"));
    several(words, "--apart-from", demand.path("antiAffinity"));
    return words.toArray(String[]::new);
  }

  private static void several(List<String> words, String option, JsonNode values) {
    if (!values.isEmpty()) {
      List<String> texts = new ArrayList<>();
      values.forEach(value -> texts.add(value.asText()));
      words.add(option);
      words.add(String.join(",", texts));
    }
  }

  private static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("users", "--users");
    options.put("minUsers", "--min-users");
    options.put("contextTokens", "--context");
    options.put("minContextTokens", "--min-context");
    options.put("replicas", "--replicas");
    options.put("priority", "--priority");
    options.put("gpu", "--gpu");
    return options;
  }
}
