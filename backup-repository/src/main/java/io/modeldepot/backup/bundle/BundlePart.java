package io.modeldepot.backup.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.Sha256;

/**
 * A part as it was written.
 *
 * @param file its name beside the index, always {@link BundleNames#part}
 * @param sizeBytes its length
 * @param sha256 says whether it is whole
 * @param blocks say where it is not
 */
public record BundlePart(
    String file, @JsonProperty(required = true) long sizeBytes, Sha256 sha256, Blocks blocks) {

  /**
   * @throws IllegalArgumentException if something is missing
   */
  public BundlePart {
    if (file == null || sha256 == null || blocks == null || sizeBytes < 1) {
      throw new IllegalArgumentException("A part has a file, a length, a SHA-256 and blocks.");
    }
  }
}
