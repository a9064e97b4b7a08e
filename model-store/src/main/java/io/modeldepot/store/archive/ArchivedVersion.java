package io.modeldepot.store.archive;

import io.modeldepot.events.terms.Manifest;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A version in the archive.
 *
 * @param manifest what it is
 * @param rawBytes what its contents were, each once
 * @param archivedBytes what they take now
 * @param wasCurrent whether it was the model's current version
 * @param archivedAt when it was packed
 * @param place its directory
 */
public record ArchivedVersion(
    Manifest manifest,
    long rawBytes,
    long archivedBytes,
    boolean wasCurrent,
    Instant archivedAt,
    Path place) {

  /** What packing saves. */
  public long savedBytes() {
    return Math.max(0, rawBytes - archivedBytes);
  }
}
