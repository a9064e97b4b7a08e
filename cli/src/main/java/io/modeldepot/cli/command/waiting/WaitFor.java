package io.modeldepot.cli.command.waiting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Amounts;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait}: returns once something is so. */
@Command(
    name = "wait",
    description = {
      "Returns once models are as said, or requests are done; changes nothing.",
      "A depot that does not answer is waited for too. Exit code 10: it took too long;",
      "a request that failed ends with the code of its problem.",
      "",
      "Examples:",
      "  wait mistral-7b                           its files are here and verified",
      "  wait mistral-7b --for placed --timeout 2m",
      "  wait download/cli-7QK3Z6M2W4ABCDEF",
      "  backup --detach -q | wait -               by the ids that others print",
      "  list -q | wait - --timeout 1h             everything in the catalog",
      ""
    })
public final class WaitFor implements Work {
  private static final Duration BETWEEN = Duration.ofMillis(500);

  @Parameters(
      paramLabel = "NAME|KIND/ID",
      arity = "0..*",
      description =
          "a model; download/ID, backup/ID, restore/ID, cleanup/ID; - reads them from stdin")
  @Nullable List<String> targets;

  @Option(
      names = "--for",
      paramLabel = "STATE",
      description = {
        "of a model: present, active, archived, absent, placed, unplaced;",
        "of a request: done"
      })
  @Nullable String goal;

  @Option(names = "--timeout", paramLabel = "AGE", description = "how long: 30s, 10m, 1h; 10m")
  String timeout = "10m";

  @Override
  public ExitCode run(Session session) {
    long end = System.nanoTime() + Amounts.span(timeout, "--timeout").toNanos();
    List<Target> all = new ArrayList<>();
    session.named(targets, "model or request").forEach(text -> all.add(target(session, text)));
    List<ExitCode> outcomes = new ArrayList<>();
    for (Target target : all) {
      try {
        await(session, target, end);
        outcomes.add(ExitCode.OK);
      } catch (Failure e) {
        String name = target.name().replaceFirst("^model/", "");
        FailureText.print(session.meant(e, name, "wait"), session.paper(), session.program());
        outcomes.add(e.exit());
      }
    }
    return ExitCode.ofAll(outcomes);
  }

  /** What a word means; a bare one is a model, where none has the name a request. */
  private Target target(Session session, String text) {
    int slash = text.indexOf('/');
    String kind = slash < 0 ? "" : text.substring(0, slash);
    String rest = text.substring(slash + 1);
    if (RequestTarget.RESOURCES.containsKey(kind)) {
      return new RequestTarget(kind, rest, goal == null ? "done" : goal);
    }
    if (slash >= 0 && !"model".equals(kind)) {
      throw Failure.usage("\"" + text + "\" is nothing to wait for")
          .tryThis(Try.words("NAME, download/ID, backup/ID, restore/ID or cleanup/ID"));
    }
    Named named = Named.of(rest, "wait");
    if (slash < 0 && named.version().isEmpty() && (goal == null || "done".equals(goal))) {
      for (String request : List.of("download", "backup")) {
        if (isRequest(session.registry(), request, rest)) {
          return new RequestTarget(request, rest, "done");
        }
      }
    }
    return new ModelTarget(named, goal == null ? "present" : goal);
  }

  /** No model has a name with capitals, and our own ids have some: most names are not asked. */
  private static boolean isRequest(Registry registry, String kind, String id) {
    if (!id.matches(".*[A-Z].*|[a-z]{1,3}-.*")) {
      return false;
    }
    try {
      String path = RequestTarget.RESOURCES.get(kind) + Registry.segment(id);
      return registry.find(id, path).isPresent();
    } catch (Failure e) {
      return false;
    }
  }

  private static void await(Session session, Target target, long end) {
    boolean told = false;
    while (true) {
      String state;
      try {
        switch (target.look(session.registry())) {
          case Look.Reached reached -> {
            say(session, target, reached);
            return;
          }
          case Look.Never never -> throw never.why();
          case Look.NotYet not -> state = not.state();
        }
      } catch (Failure e) {
        if (e.exit() != ExitCode.UNREACHABLE || !e.code().equals("depot-unreachable")) {
          throw e;
        }
        state = e.headline();
      }
      if (System.nanoTime() >= end) {
        throw tooLong(target, state);
      }
      if (!told) {
        session
            .paper()
            .talk("waiting for " + target.name() + " to be " + target.goal() + ": " + state);
        told = true;
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static void say(Session session, Target target, Look.Reached reached) {
    if (session.form().machine()) {
      ObjectNode line = Json.object().put("kind", "summary").put("target", target.name());
      line.put("state", target.goal()).put("exit", ExitCode.OK.number());
      session.paper().data(Json.line(line.set("record", reached.record())));
    } else {
      String name = session.paper().style().safe(target.name());
      session.paper().data(session.paper().quiet() ? name : name + " is " + target.goal());
    }
  }

  private static Failure tooLong(Target target, String state) {
    return Failure.of(
            ExitCode.WAITED_TOO_LONG, "", target.name() + " is not " + target.goal() + " yet")
        .because("it is: " + state)
        .tryThis(Try.command(target.more()))
        .tryThis(
            new Try(
                "wait for longer",
                "wait %s --for %s --timeout 1h".formatted(target.name(), target.goal())));
  }
}
