package io.modeldepot.cli.command.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.ProblemExits;
import io.modeldepot.cli.failure.Try;
import java.util.Map;
import java.util.Set;

/**
 * A request that ends: a download, a backup, a restore, a cleanup.
 *
 * @param kind as it stands before the id
 */
record RequestTarget(String kind, String id, String goal) implements Target {
  /** Kinds, and where the registry has them. */
  static final Map<String, String> RESOURCES =
      Map.of(
          "download", "/downloads/",
          "backup", "/backups/",
          "restore", "/restores/",
          "cleanup", "/cleanups/");

  private static final Set<String> GOOD = Set.of("done", "planned");

  RequestTarget {
    if (!"done".equals(goal)) {
      throw Failure.usage("a " + kind + " can only be waited for to be done")
          .tryThis(Try.command("wait " + kind + "/" + id));
    }
  }

  @Override
  public String name() {
    return kind + "/" + id;
  }

  @Override
  public String more() {
    return "download".equals(kind) ? "watch " + id : "events --request " + id;
  }

  @Override
  public Look look(Registry registry) {
    JsonNode request = registry.get(kind + " " + id, RESOURCES.get(kind) + Registry.segment(id));
    String state = request.path("state").asText("unknown");
    if (!request.path("final").asBoolean()) {
      return new Look.NotYet(state);
    }
    return GOOD.contains(state) ? new Look.Reached(request) : new Look.Never(why(request, state));
  }

  private Failure why(JsonNode request, String state) {
    JsonNode problem = request.path("problem");
    if (problem.isObject()) {
      return Problems.failure(request.path("model").asText(name()), problem, 0);
    }
    ExitCode exit = ProblemExits.of(state, 0);
    return Failure.of(exit, state, name() + " was " + state)
        .tryThis(new Try("see what it is", "explain " + state));
  }
}
