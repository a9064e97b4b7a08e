package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;

/**
 * What the files themselves say of a model; nothing here was executed to find out.
 *
 * @param architecture first entry of {@code architectures} in config.json
 * @param parameters counted from the tensor shapes
 * @param configParameters as the shape in config.json gives them, for architectures we know
 * @param tensorBytes bytes per dtype, from the safetensors headers
 * @param layers layers
 * @param hiddenSize hiddenSize
 * @param heads attention heads
 * @param kvHeads key and value heads
 * @param headSize elements per head
 * @param contextTokens longest context, tokens
 * @param slidingWindow tokens, where the model has one
 * @param quantization method, where the weights are quantised
 * @param trustRemoteCode the repository needs its own code to be run
 * @param pickle there are files that a pickle reader would execute
 */
public record ModelProfile(
    Optional<String> architecture,
    Optional<Long> parameters,
    Optional<Long> configParameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> tensorBytes,
    Optional<Integer> layers,
    Optional<Integer> hiddenSize,
    Optional<Integer> heads,
    Optional<Integer> kvHeads,
    Optional<Integer> headSize,
    Optional<Integer> contextTokens,
    Optional<Integer> slidingWindow,
    Optional<String> quantization,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean trustRemoteCode,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean pickle) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelProfile {
    architecture = Components.optional(architecture);
    parameters = Components.optional(parameters);
    configParameters = Components.optional(configParameters);
    tensorBytes = Components.map(tensorBytes);
    layers = Components.optional(layers);
    hiddenSize = Components.optional(hiddenSize);
    heads = Components.optional(heads);
    kvHeads = Components.optional(kvHeads);
    headSize = Components.optional(headSize);
    contextTokens = Components.optional(contextTokens);
    slidingWindow = Components.optional(slidingWindow);
    quantization = Components.optional(quantization);
  }

  /** The same with what the files would run when they are loaded. */
  public ModelProfile running(boolean itsOwnCode, boolean pickles) {
    return new ModelProfile(
        architecture,
        parameters,
        configParameters,
        tensorBytes,
        layers,
        hiddenSize,
        heads,
        kvHeads,
        headSize,
        contextTokens,
        slidingWindow,
        quantization,
        itsOwnCode,
        pickles);
  }
}
