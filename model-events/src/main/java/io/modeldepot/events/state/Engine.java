package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.Components;
import java.util.List;
import java.util.Map;

/**
 * How an engine is to be started for a replica.
 *
 * @param name name
 * @param env env
 * @param args args
 * @param files files
 */
public record Engine(
    String name,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> env,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> args,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EngineFile> files) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Engine {
    Components.required(name, "name");
    env = Components.map(env);
    args = Components.list(args);
    files = Components.list(files);
  }
}
