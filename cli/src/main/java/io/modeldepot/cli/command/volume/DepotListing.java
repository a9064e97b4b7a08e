package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.RequestIds;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;

/** What a depot that runs must know of versions that this process publishes on its volume. */
public final class DepotListing {
  private static final int MOST_VERSIONS = 500;

  private final Session session;
  private final String command;
  private boolean alone;

  /**
   * @param command what publishes them
   * @param alone whether no depot is asked for anything
   */
  public DepotListing(Session session, String command, boolean alone) {
    this.session = session;
    this.command = command;
    this.alone = alone;
  }

  /** What a depot that runs has announced of a model: what is published here must be newer. */
  public long shownGeneration(ModelName model) {
    if (alone) {
      return 0;
    }
    try {
      String path = "/models/" + Registry.segment(model.value());
      if (session.registry().find(model.value(), path).isEmpty()) {
        return 0;
      }
      long highest = 0;
      for (JsonNode one :
          session.registry().items(model.value(), path + "/versions", MOST_VERSIONS)) {
        highest = Math.max(highest, one.path("generation").asLong());
      }
      return highest;
    } catch (Failure e) {
      if (e.exit() != ExitCode.UNREACHABLE) {
        throw e;
      }
      session.paper().talk("No depot answers: it lists what came when a downloader starts.");
      alone = true;
      return 0;
    }
  }

  /** The janitor reads what came, and then the downloader announces it. */
  public void list(ModelStore store, ModelName model) {
    if (alone) {
      return;
    }
    ObjectNode body =
        Json.object()
            .put("scope", "integrity")
            .put("action", "verify")
            .put("model", model.value())
            .put("location", store.volume().location().value());
    try {
      Call call = Call.post("/integrity", body).with("Idempotency-Key", RequestIds.fresh());
      var unused = session.registry().send(command + " " + model, call);
    } catch (Failure e) {
      session
          .paper()
          .warn(model + " is on the volume; the depot lists it when a downloader starts again.");
    }
  }
}
