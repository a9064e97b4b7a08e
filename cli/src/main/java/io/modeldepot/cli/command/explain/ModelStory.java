package io.modeldepot.cli.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.placement.PlacementStory;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Paper;

/** Why a model runs where it does, or is not planned with at all. */
final class ModelStory {
  private ModelStory() {}

  /**
   * Tells it.
   *
   * @throws Failure when no model has the name
   */
  static void tell(Session session, String name) {
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
}
