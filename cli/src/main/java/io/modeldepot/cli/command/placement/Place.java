package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code place}: what shall be served, and where that leads. */
@Command(
    name = "place",
    description = {
      "Says what a model shall serve, and tells where it is placed for that.",
      "What would move for that is shown first, and asked about on a terminal (--yes: do not ask).",
      "With --dry-run nothing is changed: the plan is shown, and what would move.",
      "Without a model: the plan for everything as it is asked for now.",
      "",
      "Examples:",
      "  place mistral-7b --users 20 --context 8192 --dry-run",
      "  place codellama-13b --users 4 --dtype fp8",
      "  place --dry-run --drain gpu-host/1",
      "  place --apply 12                     put plan 12 in force",
      ""
    })
public final class Place implements Work {
  /** Said for what is not to be asked any more. */
  private static final String ANY = "any";

  private static final String NONE = "none";

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "a model of the catalog")
  @Nullable String name;

  @Option(names = "--users", paramLabel = "N", description = "at the same time")
  @Nullable Integer users;

  @Option(names = "--min-users", paramLabel = "N", description = "so many would do")
  @Nullable Integer minUsers;

  @Option(names = "--context", paramLabel = "TOKENS", description = "of each of them")
  @Nullable Integer context;

  @Option(names = "--min-context", paramLabel = "TOKENS", description = "so many would do")
  @Nullable Integer minContext;

  @Option(
      names = "--dtype",
      paramLabel = "FORM",
      split = ",",
      description = {
        "fp16, bf16, fp8, int8, awq, gptq; several: in the order of your wish;",
        "any: as the files are"
      })
  @Nullable List<String> dtype;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "copies, on different hosts or GPUs")
  @Nullable Integer replicas;

  @Option(names = "--priority", paramLabel = "0-9", description = "who is served first")
  @Nullable Integer priority;

  @Option(
      names = "--gpu",
      paramLabel = "GPU",
      description = "only there, as HOST/ID; any: wherever it fits")
  @Nullable String gpu;

  @Option(
      names = "--apart-from",
      paramLabel = "NAME",
      split = ",",
      description = "models that it shall share no GPU with; none: with any")
  @Nullable List<String> apartFrom;

  @Option(
      names = "--drain",
      paramLabel = "GPU",
      description = "what if this GPU had to be empty; needs --dry-run")
  @Nullable List<String> drain;

  @Option(
      names = "--stop",
      paramLabel = "NAME",
      description = "what if this model ran no more; needs --dry-run")
  @Nullable List<String> stop;

  @Option(names = "--dry-run", description = "show the plan, change nothing")
  boolean dryRun;

  @Option(names = "--apply", paramLabel = "PLAN", description = "put a plan in force")
  @Nullable Long apply;

  @Override
  public ExitCode run(Session session) {
    if (apply != null) {
      boolean alone =
          name == null
              && !dryRun
              && drain == null
              && stop == null
              && gpu == null
              && dtype == null
              && apartFrom == null
              && demand("", Json.object()).isEmpty();
      if (!alone) {
        throw Failure.usage("--apply takes a plan as it is, and nothing beside it");
      }
      return new PlanInForce(session, apply).apply();
    }
    if (!dryRun && (drain != null || stop != null)) {
      throw Failure.usage("--drain and --stop are questions, and need --dry-run");
    }
    if (name == null) {
      return plan(session, Json.object());
    }
    String model = Named.alone(name, "place").model();
    JsonNode entry = session.registry().get(model, "/models/" + Registry.segment(model));
    ObjectNode demand = wholeDemand(model, entry.path("placement"));
    if (dryRun) {
      return plan(session, Moves.serving(model, demand));
    }
    return place(session, model, entry, demand);
  }

  /** What the catalog says, with what was said now. */
  private ObjectNode demand(String model, JsonNode before) {
    ObjectNode demand = before.isObject() ? before.deepCopy() : Json.object();
    put(demand, "users", atLeastOne(model, "--users", users));
    put(demand, "minUsers", atLeastOne(model, "--min-users", minUsers));
    put(demand, "contextTokens", atLeastOne(model, "--context", context));
    put(demand, "minContextTokens", atLeastOne(model, "--min-context", minContext));
    put(demand, "replicas", atLeastOne(model, "--replicas", replicas));
    put(demand, "priority", priority);
    put(demand, "variants", ANY, dtype);
    put(demand, "antiAffinity", NONE, apartFrom);
    if (ANY.equals(gpu)) {
      demand.remove("gpu");
    } else if (gpu != null) {
      demand.put("gpu", gpu);
    }
    forgetLeast(demand, minUsers, "users", "minUsers");
    forgetLeast(demand, minContext, "contextTokens", "minContextTokens");
    return demand;
  }

  /** A demand that says enough. */
  private ObjectNode wholeDemand(String model, JsonNode before) {
    ObjectNode demand = demand(model, before);
    if (!demand.has("users") || !demand.has("contextTokens")) {
      throw Failure.usage(model + ": the catalog asks for nothing yet")
          .tryThis(Try.command("place " + model + " --users 10 --context 4096"));
    }
    return demand;
  }

  /** A least that is above a new wish is an old one; one that was said now is a mistake. */
  private static void forgetLeast(
      ObjectNode demand, @Nullable Integer said, String wish, String least) {
    if (demand.has(wish) && demand.path(least).asInt() > demand.path(wish).asInt()) {
      if (said != null) {
        throw Failure.usage(
            said + " at least, and " + demand.path(wish).asInt() + " wanted, cannot both be meant");
      }
      demand.remove(least);
    }
  }

  private static void put(ObjectNode demand, String field, @Nullable Integer value) {
    if (value != null) {
      demand.put(field, value);
    }
  }

  private static @Nullable Integer atLeastOne(
      String model, String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw Failure.usage("%s %d: it must be at least 1".formatted(option, value))
          .tryThis(new Try("ask nothing of a model any more", "unplace " + model));
    }
    return value;
  }

  private static void put(
      ObjectNode demand, String field, String nothing, @Nullable List<String> values) {
    if (List.of(nothing).equals(values)) {
      demand.remove(field);
    } else if (values != null) {
      demand.set(field, Json.array());
      values.forEach(demand.withArray(field)::add);
    }
  }

  private ExitCode plan(Session session, ObjectNode body) {
    if (drain != null) {
      drain.forEach(body.withArray("drain")::add);
    }
    if (stop != null) {
      stop.forEach(body.withArray("stop")::add);
    }
    JsonNode plan = new Moves(session, name == null ? "plan" : name).plan(body);
    if (session.form().machine()) {
      session.paper().machine(plan);
    } else {
      show(session, plan);
    }
    return ExitCode.OK;
  }

  private void show(Session session, JsonNode plan) {
    new PlanText(session.paper()).show(plan);
    boolean invented = drain != null || stop != null || name != null;
    if (!plan.path("differences").isEmpty() && !invented) {
      session
          .paper()
          .talk("Next:  " + session.program() + " place --apply " + plan.path("plan").asLong());
    }
  }

  /** The wish goes into the catalog, whoever is away; the decision comes by itself. */
  private ExitCode place(Session session, String model, JsonNode entry, ObjectNode demand) {
    long before = DecisionWatch.generation(new DecisionWatch(session).now(model));
    boolean same = demand.equals(entry.path("placement"));
    boolean here = entry.path("current").isObject();
    if (!same && here && !new Moves(session, model).agreed(Moves.serving(model, demand))) {
      return ExitCode.INTERRUPTED;
    }
    if (!same) {
      session.registry().wish(model, Json.object().set("placement", replacing(entry, demand)));
    }
    if (!here) {
      session.paper().talk(model + ": the wish is kept; it is placed once its files are here");
      session.paper().talk("Next:  " + session.program() + " download " + model);
      return ExitCode.OK;
    }
    DecisionWatch watch = new DecisionWatch(session);
    Optional<JsonNode> decided =
        same ? watch.now(model) : watch.until(model, it -> isNewer(it, before));
    if (decided.isEmpty()) {
      throw Failure.of(ExitCode.WAITED_TOO_LONG, "", model + ": nothing was decided yet")
          .because("the wish is in the catalog; the decision follows")
          .tryThis(Try.command("explain " + model));
    }
    if (!same && DecisionWatch.generation(decided) <= before) {
      sayWhatWaits(session, model);
    }
    new PlacementStory(session).tell(decided.get());
    return "placed".equals(decided.get().path("state").asText()) ? ExitCode.OK : ExitCode.NO_SPACE;
  }

  /** What says that nothing is asked of it was decided before it heard this wish. */
  private static boolean isNewer(JsonNode decision, long before) {
    return DecisionWatch.generation(Optional.of(decision)) > before
        && !"not-asked".equals(decision.path("obstacle").asText());
  }

  /** A site may want plans to be looked at first; then nothing is decided by itself. */
  private static void sayWhatWaits(Session session, String model) {
    Optional<JsonNode> plan = session.form().machine() ? Optional.empty() : planFor(session, model);
    if (plan.isEmpty()) {
      session.paper().talk("Nothing else was decided for it; this is the decision in force:");
    } else {
      session
          .paper()
          .talk(
              "A plan for it waits to be put in force:  %s place --apply %d"
                  .formatted(session.program(), plan.get().path("plan").asLong()));
      session.paper().talk("Until then this is the decision in force:");
    }
  }

  /** The plan that would serve the most, if it has something else for this model. */
  private static Optional<JsonNode> planFor(Session session, String model) {
    try {
      return Optional.of(new Moves(session, model).plan(Json.object()))
          .filter(plan -> PlanInForce.changed(plan).contains(model));
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  /** A merge patch that leaves nothing of what was there. */
  private static ObjectNode replacing(JsonNode entry, ObjectNode demand) {
    ObjectNode patch = demand.deepCopy();
    entry
        .path("placement")
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!patch.has(field)) {
                patch.putNull(field);
              }
            });
    return patch;
  }
}
