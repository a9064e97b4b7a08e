package io.modeldepot.store.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.time.Instant;
import java.util.List;

/**
 * {@code index.json}: where the contents of an archived version are.
 *
 * @param format 1
 * @param wasCurrent whether it was the model's current version
 * @param contents every content of its files, once
 * @param archivedAt when it was packed, by the machine's clock
 */
record ArchiveIndex(
    @JsonProperty(required = true) int format,
    boolean wasCurrent,
    List<ArchivedContent> contents,
    Instant archivedAt) {

  /** The format this code reads and writes. */
  static final int FORMAT = 1;

  ArchiveIndex {
    if (format != FORMAT) {
      throw new IllegalArgumentException("An archive of format " + format + ", not 1.");
    }
    contents = Components.list(contents);
    Components.required(archivedAt, "archivedAt");
  }
}
