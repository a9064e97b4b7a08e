package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.List;

/**
 * What became of a decision at the inference servers of a location.
 *
 * @param location whose volume the servers read
 * @param model which
 * @param generation of the decision in model-placed
 * @param servers every server that has or shall have the model; none once it is placed nowhere
 * @param reportedAt when
 */
public record EngineReported(
    LocationName location,
    ModelName model,
    @JsonProperty(required = true) long generation,
    List<EngineServer> servers,
    Instant reportedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public EngineReported {
    Components.required(location, "location");
    Components.required(model, "model");
    Components.notNegative(generation, "generation");
    servers = Components.list(servers);
    Components.required(reportedAt, "reportedAt");
  }
}
