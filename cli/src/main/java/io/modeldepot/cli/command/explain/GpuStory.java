package io.modeldepot.cli.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.placement.GpuDrawing;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;

/** What holds a GPU, why it is not used, and what would fit on it. */
final class GpuStory {
  private static final int MOST = 10_000;

  /** Asking who fits is work for the planner; the first few say enough. */
  private static final int MOST_ASKED = 5;

  private GpuStory() {}

  /**
   * Tells it.
   *
   * @param id as {@code HOST/ID}
   * @throws Failure when nobody knows of it
   */
  static void tell(Session session, String id) {
    List<String> known = new ArrayList<>();
    for (JsonNode gpu : session.registry().items("gpus", "/gpus", MOST)) {
      known.add(GpuDrawing.id(gpu));
      if (GpuDrawing.id(gpu).equals(id)) {
        tell(session, id, gpu);
        return;
      }
    }
    throw Failure.of(ExitCode.NOT_FOUND, "", "there is no GPU " + id)
        .because(known.isEmpty() ? "none is known" : "there are " + String.join(", ", known))
        .tryThis(new Try("show them", "gpus"));
  }

  private static void tell(Session session, String id, JsonNode gpu) {
    if (session.form().machine()) {
      session.paper().machine(gpu);
      return;
    }
    Paper paper = session.paper();
    Style style = paper.style();
    GpuDrawing.draw(gpu, paper);
    paper.data(style.faint(GpuDrawing.legend(style)));
    String why = state(gpu);
    if (!why.isEmpty()) {
      paper.data(style.safe(why));
    }
    waiting(session, id);
    if ("drained".equals(gpu.path("state").asText()) || gpu.path("reservedBytes").asLong() > 0) {
      paper.talk("Next:  " + session.program() + " gpus release " + id);
    }
  }

  private static String state(JsonNode gpu) {
    String until = gpu.hasNonNull("until") ? " until " + gpu.path("until").asText() : "";
    String reason = gpu.hasNonNull("reason") ? ": " + gpu.path("reason").asText() : "";
    return switch (gpu.path("state").asText()) {
      case "drained" -> "Nothing is planned for it" + until + reason;
      case "lost" -> "Its host does not report it any more; what was on it moves after a while.";
      default ->
          gpu.path("models").isEmpty()
              ? "No model that is asked for was worth more here than elsewhere."
              : "";
    };
  }

  /** The models that are asked for and placed nowhere, and whether they would fit here. */
  private static void waiting(Session session, String id) {
    int asked = 0;
    for (JsonNode decision : session.registry().get("placements", "/placements").path("items")) {
      String model = decision.path("model").asText();
      boolean waits =
          "unplaced".equals(decision.path("state").asText())
              && !"not-asked".equals(decision.path("obstacle").asText());
      if (waits && asked++ < MOST_ASKED) {
        session.paper().data(session.paper().style().safe(fit(session, model, id)));
      }
    }
  }

  private static String fit(Session session, String model, String id) {
    JsonNode fits =
        session.registry().get(model, "/fit?" + Registry.query("model", model)).path("items");
    for (JsonNode fit : fits) {
      if (id.equals(fit.path("host").asText() + "/" + fit.path("gpu").asText())) {
        return "%s is placed nowhere: here %s at %d tokens each fit now, %s if it were empty"
            .formatted(
                model,
                users(fit, "usersThatFit"),
                fit.path("contextTokens").asLong(),
                users(fit, "usersThatFitWhenEmpty"));
      }
    }
    return model + " is placed nowhere, and cannot be asked about here";
  }

  private static String users(JsonNode fit, String field) {
    long users = fit.path(field).asLong();
    return users == 0 ? "no users" : Human.count(users, "user", "users");
  }
}
