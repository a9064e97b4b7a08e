package io.modeldepot.events.state;

import io.modeldepot.events.terms.Components;
import java.util.Optional;

/**
 * A model at one inference server.
 *
 * @param host whose GPUs it has
 * @param gpus their ids, joined by +
 * @param state how far it is
 * @param detail what is wrong and what would help, in words
 */
public record EngineServer(String host, String gpus, EngineState state, Optional<String> detail) {

  /** Refuses what is missing. */
  public EngineServer {
    Components.required(host, "host");
    Components.required(gpus, "gpus");
    Components.required(state, "state");
    detail = Components.optional(detail);
  }
}
