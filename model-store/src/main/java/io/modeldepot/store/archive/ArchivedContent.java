package io.modeldepot.store.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.Sha256;
import java.util.List;

/**
 * One content of an archived version.
 *
 * @param sha256 of its bytes
 * @param sizeBytes its length
 * @param at where its first frame begins in the file of frames; the others follow
 * @param frames one for every 16 MiB of it
 */
record ArchivedContent(
    Sha256 sha256,
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) long at,
    List<Packed> frames) {

  /**
   * One frame.
   *
   * @param transform the code of what was done to its bytes
   * @param bytes how long it is
   */
  record Packed(
      @JsonProperty(required = true) int transform, @JsonProperty(required = true) int bytes) {
    Packed {
      Components.notNegative(bytes, "bytes");
    }
  }

  ArchivedContent {
    Components.required(sha256, "sha256");
    Components.notNegative(sizeBytes, "sizeBytes");
    Components.notNegative(at, "at");
    frames = Components.list(frames);
  }
}
