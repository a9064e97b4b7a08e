package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import java.util.List;

/**
 * One copy of a model as a plan has it.
 *
 * @param model model
 * @param number 0 for the first copy
 * @param host host
 * @param gpus ids on that host, one for each shard
 * @param variant dtype or quantization
 * @param users users
 * @param contextTokens contextTokens
 */
public record ProposedReplica(
    ModelName model,
    @JsonProperty(required = true) int number,
    String host,
    List<String> gpus,
    String variant,
    @JsonProperty(required = true) int users,
    @JsonProperty(required = true) int contextTokens) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ProposedReplica {
    Components.required(model, "model");
    Components.notNegative(number, "number");
    Components.required(host, "host");
    gpus = Components.list(gpus);
    Components.required(variant, "variant");
  }
}
