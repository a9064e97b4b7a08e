package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;

/**
 * A file that is being transferred right now.
 *
 * @param path path in the repository
 * @param sizeBytes sizeBytes
 * @param doneBytes durably on disk
 */
public record FileInFlight(
    String path,
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) long doneBytes) {

  /** Refuses what is missing. */
  public FileInFlight {
    Components.required(path, "path");
    Components.notNegative(sizeBytes, "sizeBytes");
    Components.notNegative(doneBytes, "doneBytes");
  }
}
