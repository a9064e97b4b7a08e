package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * What the small text files of a version say, so that two versions can be compared without their
 * files. A key is a path in the JSON file ({@code rope_scaling.factor}), a value is JSON on one
 * line; a value of more than 200 characters is its beginning and the digest of the whole.
 *
 * @param format {@value #FORMAT}; a reading of another format is compared with none
 * @param configuration config.json
 * @param tokenizer tokenizer_config.json and special_tokens_map.json, without the chat template; a
 *     token is its text
 * @param generation generation_config.json
 * @param chatTemplateSha256 of the template's text in UTF-8
 * @param chatTemplate the template's text, where it has at most 65,536 characters
 * @param cut whether a file says more than is kept here
 */
public record Reading(
    @JsonProperty(required = true) int format,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> configuration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tokenizer,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> generation,
    Optional<Sha256> chatTemplateSha256,
    Optional<String> chatTemplate,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean cut) {

  /** The format this code writes. */
  public static final int FORMAT = 1;

  /** Refuses what is missing; an absent optional map is an empty one. */
  public Reading {
    configuration = Components.map(configuration);
    tokenizer = Components.map(tokenizer);
    generation = Components.map(generation);
    chatTemplateSha256 = Components.optional(chatTemplateSha256);
    chatTemplate = Components.optional(chatTemplate);
  }
}
