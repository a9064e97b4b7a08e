package io.modeldepot.backup.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Sha256;

/**
 * A content by its digest.
 *
 * @param sha256 of its bytes
 * @param sizeBytes its length
 */
public record BundledContent(Sha256 sha256, @JsonProperty(required = true) long sizeBytes) {

  /**
   * @throws IllegalArgumentException if something is missing or the length is below 0
   */
  public BundledContent {
    if (sha256 == null || sizeBytes < 0) {
      throw new IllegalArgumentException("A content has a SHA-256 and a length.");
    }
  }
}
