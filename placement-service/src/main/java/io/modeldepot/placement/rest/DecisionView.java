package io.modeldepot.placement.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.wire.Wire;
import java.util.List;

/**
 * A decision as it was announced, and under {@code servers} what became of it at the inference
 * servers. A server that was last heard of for an earlier decision says so by its generation.
 */
final class DecisionView {
  private DecisionView() {}

  static ObjectNode of(ModelPlaced decision, List<EngineReported> engines) {
    ObjectNode view = Wire.mapper().valueToTree(decision);
    ArrayNode servers = view.putArray("servers");
    for (EngineReported reported : engines) {
      for (EngineServer server : reported.servers()) {
        ObjectNode one = Wire.mapper().valueToTree(server);
        one.put("location", reported.location().value());
        one.put("generation", reported.generation());
        servers.add(one);
      }
    }
    return view;
  }
}
