package io.modeldepot.cli.command.update;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.RequestIds;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.time.Duration;

/** Has the hub looked at, by a plan of the model's branch, and waits for the answer. */
final class Upstream {
  private static final int TURNS = 5;
  private static final int SECONDS_A_TURN = 25;
  private static final String USUAL_BRANCH = "main";

  private final Session session;

  Upstream(Session session) {
    this.session = session;
  }

  /** A question under way. */
  record Asked(String model, String branch, String id) {}

  /** The catalog's entry, which also knows the branch. */
  JsonNode entry(String model) {
    return session.registry().get(model, "/models/" + Registry.segment(model));
  }

  static String branch(JsonNode entry) {
    return entry.path("branch").asText(USUAL_BRANCH);
  }

  /** Asks, and does not wait. */
  Asked ask(JsonNode entry) {
    Asked asked = new Asked(entry.path("model").asText(), branch(entry), RequestIds.fresh());
    JsonNode unused = send(asked, 0);
    return asked;
  }

  /**
   * Waits for the plan.
   *
   * @throws Failure with the problem, when the hub refused or did not answer
   */
  void await(Asked asked) {
    for (int turn = 0; turn < TURNS; turn++) {
      JsonNode job = send(asked, SECONDS_A_TURN);
      if (job.path("final").asBoolean()) {
        if (job.path("problem").isObject()) {
          throw Problems.failure(asked.model(), job.path("problem"), 0);
        }
        return;
      }
    }
    throw Failure.of(
            ExitCode.WAITED_TOO_LONG,
            "hub-unreachable",
            asked.model() + ": the hub has not been looked at yet")
        .because("the plan " + asked.id() + " goes on")
        .tryThis(Try.command("watch " + asked.id()));
  }

  /** The same request under the same id is the same job; it is only waited for again. */
  private JsonNode send(Asked asked, int seconds) {
    Call call =
        Call.post(
                "/downloads",
                Json.object()
                    .put("model", asked.model())
                    .put("revision", asked.branch())
                    .put("plan", true))
            .with("Idempotency-Key", asked.id());
    Call patient =
        seconds == 0
            ? call
            : call.with("Prefer", "wait=" + seconds).waiting(Duration.ofSeconds(seconds + 10L));
    return session.registry().send(asked.model(), patient).body();
  }
}
