package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Amounts;
import io.modeldepot.cli.command.EachName;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cleanup}: takes away what nothing needs, or shows what that would be. */
@Command(
    name = "cleanup",
    description = {
      "Takes away what nothing needs: old versions, unused models, the cache, what downloads left.",
      "What is active, pinned, placed, leased or being downloaded stays. Versions go to the trash",
      "and can be brought back: undo.",
      "",
      "Examples:",
      "  cleanup --dry-run                    what would go and what would stay, and why",
      "  cleanup --plan c-1a2b3c4d            exactly that, or nothing if something changed",
      "  cleanup --scope cache                one kind of thing",
      "  cleanup --scope versions phi-2 --keep 1",
      "  cleanup --scope model phi-2@v1       this version; without @ the whole model",
      "  versions phi-2 --filter current=false -q | cleanup --scope model - --dry-run",
      "  cleanup --free 100g                  stop once so much is free",
      ""
    })
public final class Cleanup implements Work {
  private static final String SCOPES_TOLD =
      "all, cache, partials, versions, surplus, unused, model, trash, foreign";

  /** What {@code --scope} takes. */
  public static final List<String> SCOPES =
      Pattern.compile(", ").splitAsStream(SCOPES_TOLD).toList();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "only these models; - reads them from stdin")
  @Nullable List<String> names;

  @Option(names = "--scope", paramLabel = "SCOPE", description = SCOPES_TOLD)
  @Nullable String scope;

  @Option(names = "--dry-run", description = "show the plan, change nothing")
  boolean dryRun;

  @Option(names = "--plan", paramLabel = "ID", description = "exactly what a dry run showed")
  @Nullable String plan;

  @Option(names = "--family", paramLabel = "FAMILY", description = "only this family")
  @Nullable String family;

  @Option(names = "--keep", paramLabel = "N", description = "versions per model that stay")
  @Nullable Integer keep;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "only what is older: 30d, 12h, 90m")
  @Nullable String olderThan;

  @Option(names = "--free", paramLabel = "BYTES", description = "stop once so much is free: 100g")
  @Nullable String free;

  @Option(names = "--location", paramLabel = "NAME", description = "only this location")
  @Nullable String location;

  @Option(names = "--wait", paramLabel = "AGE", description = "how long to wait: 10m, 1h")
  String patience = "1h";

  @Override
  public ExitCode run(Session session) {
    return names == null
        ? clean(session, null)
        : EachName.run(
            session, session.named(names, "model"), "cleanup", name -> clean(session, name));
  }

  private ExitCode clean(Session session, @Nullable String name) {
    ObjectNode body = body(session, name);
    Duration wait = Amounts.span(patience, "--wait");
    JsonNode end = new Waited(session, wait).end(thing(), body);
    if (session.form().machine()) {
      session.paper().machine(end);
    } else {
      new CleanupText(session).show(end);
    }
    return named(end) ? inUse(end) : ExitCode.OK;
  }

  private ObjectNode body(Session session, @Nullable String name) {
    ObjectNode body = Json.object();
    if (plan != null) {
      boolean alone = name == null && scope == null && !dryRun && keep == null && free == null;
      if (!alone || olderThan != null || family != null) {
        throw Failure.usage("--plan does exactly what was shown, and takes nothing beside it")
            .tryThis(Try.command("cleanup --plan " + plan));
      }
      body.put("scope", "all").put("plan", plan);
    } else {
      body.put("scope", scope());
      model(session, name, body);
    }
    put(body, "family", family);
    put(body, "location", location);
    if (dryRun) {
      body.put("dryRun", true);
    }
    if (keep != null) {
      body.put("keepNewest", keep);
    }
    if (olderThan != null) {
      body.put("olderThanSeconds", Amounts.span(olderThan, "--older-than").toSeconds());
    }
    if (free != null) {
      body.put("targetFreeBytes", Amounts.bytes(free, "--free"));
    }
    return body;
  }

  private String scope() {
    String asked = scope == null ? "all" : scope.toLowerCase(java.util.Locale.ROOT);
    if (!SCOPES.contains(asked)) {
      throw Failure.usage("there is no scope \"" + asked + "\"")
          .because("there are: " + SCOPES_TOLD);
    }
    return asked;
  }

  private static void model(Session session, @Nullable String name, ObjectNode body) {
    boolean wholeModel = "model".equals(body.path("scope").asText());
    if (name == null) {
      if (wholeModel) {
        throw Failure.usage("which model is to go?")
            .tryThis(Try.command("cleanup --scope model NAME --dry-run"));
      }
      return;
    }
    Named named =
        wholeModel ? Named.of(name, "cleanup --scope model") : Named.alone(name, "cleanup");
    body.put("model", named.model());
    if (!named.version().isEmpty()) {
      body.put("commit", MeantVersion.commit(session, named));
    }
  }

  /** Whether something was asked for by name and nothing of it went. */
  private static boolean named(JsonNode end) {
    return "model".equals(end.at("/asked/scope").asText())
        && "done".equals(end.path("state").asText())
        && end.at("/result/removed").isEmpty();
  }

  private ExitCode inUse(JsonNode end) {
    boolean anything = !end.at("/result/kept").isEmpty();
    return anything ? ExitCode.CONFLICT : ExitCode.NOT_FOUND;
  }

  private String thing() {
    return plan != null ? "plan " + plan : "cleanup";
  }

  private static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }
}
