package io.modeldepot.cli.command.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.download.Following;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.command.download.RequestIds;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.Job;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code update}: what is behind its hub, what would change, and, with a yes, the update. */
@Command(
    name = "update",
    description = {
      "Shows which models are behind their hub and what an update would change; fetches nothing.",
      "",
      "Examples:",
      "  update                          every model that is here",
      "  update mistral-7b               one of them",
      "  update mistral-7b --yes         show it and fetch it; a pinned model stays",
      "  update mistral-7b --unpin --yes the same for a pinned model, which follows its branch again",
      "  update --all --yes              fetch every update; pinned models stay",
      "  update --exit-code              1 when something is behind, for cron",
      ""
    })
public final class Update implements Work {
  private static final int MOST_MODELS = 5_000;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Option(names = "--all", description = "fetch every update; pinned models stay as they are")
  boolean all;

  @Option(
      names = "--unpin",
      description = "pinned models that are named are fetched too, and follow their branch again")
  boolean unpin;

  @Option(names = "--exit-code", description = "1 when a model is behind")
  boolean exitCode;

  /** A model that is behind. */
  private record Behind(JsonNode entry, JsonNode said) {
    String model() {
      return entry.path("model").asText();
    }

    boolean pinned() {
      return entry.hasNonNull("pin");
    }
  }

  @Override
  public ExitCode run(Session session) {
    boolean named = names != null && !names.isEmpty();
    List<ExitCode> failed = new ArrayList<>();
    List<JsonNode> entries = entries(session, named);
    List<Behind> behind = look(session, entries, failed);
    show(session, entries.size() - failed.size(), behind);
    boolean wanted = all || (named && session.saidYes());
    List<Behind> toFetch =
        behind.stream().filter(it -> wanted && ((named && unpin) || !it.pinned())).toList();
    if (wanted && named && !unpin) {
      behind.stream().filter(Behind::pinned).forEach(it -> failed.add(stays(session, it)));
    }
    if (!toFetch.isEmpty()) {
      failed.add(fetched(session, toFetch));
    } else if (exitCode && !behind.isEmpty() && failed.isEmpty()) {
      return ExitCode.NO;
    }
    return failed.isEmpty() ? ExitCode.OK : ExitCode.ofAll(failed);
  }

  private List<JsonNode> entries(Session session, boolean named) {
    List<JsonNode> entries = new ArrayList<>();
    if (named) {
      Upstream upstream = new Upstream(session);
      session
          .named(names, "model")
          .forEach(it -> entries.add(upstream.entry(Named.alone(it, "update").model())));
    } else {
      session
          .registry()
          .items("update", "/models", MOST_MODELS)
          .forEach(
              it -> {
                if (it.path("current").isObject() && it.hasNonNull("repository")) {
                  entries.add(it);
                }
              });
    }
    return entries;
  }

  /** Asks for all, then waits for each, so that the hub is looked at side by side. */
  private static List<Behind> look(Session session, List<JsonNode> entries, List<ExitCode> failed) {
    Upstream upstream = new Upstream(session);
    List<Behind> behind = new ArrayList<>();
    List<Upstream.Asked> asked = entries.stream().map(upstream::ask).toList();
    for (int at = 0; at < asked.size(); at++) {
      String model = asked.get(at).model();
      try {
        upstream.await(asked.get(at));
        JsonNode said = Diff.compare(session, model, "current", "upstream", false);
        if (!said.at("/from/commit").equals(said.at("/to/commit"))) {
          behind.add(new Behind(entries.get(at), said));
        }
      } catch (Failure e) {
        FailureText.print(e, session.paper(), session.program());
        failed.add(e.exit());
      }
    }
    return behind;
  }

  /** A pin is somebody's decision; an update that was only agreed to does not undo it. */
  private static ExitCode stays(Session session, Behind pinned) {
    String model = pinned.model();
    Failure stays =
        Failure.of(ExitCode.CONFLICT, "", model + " is pinned and was not updated")
            .because("It stays at the commit that somebody pinned it to.")
            .tryThis(
                new Try(
                    "fetch the update and follow the branch again",
                    "update " + model + " --unpin --yes"));
    FailureText.print(stays, session.paper(), session.program());
    return stays.exit();
  }

  private static void show(Session session, int looked, List<Behind> behind) {
    Paper paper = session.paper();
    if (!session.form().forPeople()) {
      ArrayNode items = Json.array();
      for (Behind one : behind) {
        ObjectNode item = one.said().deepCopy();
        item.put("update", one.entry().path("update").asText("manual"));
        items.add(item.put("pinned", one.pinned()));
      }
      paper.machine(items);
      return;
    }
    for (Behind one : behind) {
      if (paper.quiet()) {
        paper.data(paper.style().safe(one.model()));
      } else {
        block(paper, one);
      }
    }
    paper.talk(
        behind.isEmpty()
            ? Human.count(looked, "model", "models") + " up to date"
            : "%d of %s behind.  Fetch: %s update %s --yes"
                .formatted(
                    behind.size(),
                    Human.count(looked, "model", "models"),
                    session.program(),
                    behind.size() == 1 ? behind.getFirst().model() : "--all"));
  }

  private static void block(Paper paper, Behind one) {
    Style style = paper.style();
    String policy =
        one.pinned()
            ? "  pinned, stays without --unpin"
            : switch (one.entry().path("update").asText()) {
              case "approve" -> "  waits for your yes";
              case "follow" -> "  is followed";
              default -> "";
            };
    paper.data(
        style.bold(style.safe(one.model()))
            + "  %s %s %s"
                .formatted(
                    ComparisonText.brief(one.said().path("from")),
                    style.arrow(),
                    ComparisonText.brief(one.said().path("to")))
            + policy);
    ComparisonText.lines(one.said(), style).forEach(line -> paper.data("  " + line));
  }

  private static ExitCode fetched(Session session, List<Behind> behind) {
    long bytes = behind.stream().mapToLong(it -> it.said().path("fetchBytes").asLong()).sum();
    String what =
        "Fetch %s of %s?"
            .formatted(Human.bytes(bytes), Human.count(behind.size(), "update", "updates"));
    if (!session.agreed(what)) {
      return ExitCode.OK;
    }
    List<Job> jobs = new ArrayList<>();
    for (Behind one : behind) {
      Call call =
          Call.post(
                  "/downloads",
                  Json.object()
                      .put("model", one.model())
                      .put("revision", Upstream.branch(one.entry())))
              .with("Idempotency-Key", RequestIds.fresh());
      jobs.add(Job.of(session.registry().send(one.model(), call).body()));
    }
    return new Following(session, ProgressKind.AUTO).follow(jobs);
  }
}
