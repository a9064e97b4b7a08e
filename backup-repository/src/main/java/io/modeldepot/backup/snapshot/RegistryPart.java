package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Sha256;
import java.util.Optional;

/**
 * What a snapshot has of the registry.
 *
 * @param why it has nothing, in a sentence
 * @param sha256 of the dump, whose blocks are among the contents
 * @param auditSeq the number of the audit chain's last entry in it
 * @param auditHash the hash of that entry
 */
public record RegistryPart(
    Optional<String> why,
    Optional<Sha256> sha256,
    @JsonProperty Optional<Long> auditSeq,
    Optional<String> auditHash) {
  /** Absent values are empty ones. */
  public RegistryPart {
    why = why == null ? Optional.empty() : why;
    sha256 = sha256 == null ? Optional.empty() : sha256;
    auditSeq = auditSeq == null ? Optional.empty() : auditSeq;
    auditHash = auditHash == null ? Optional.empty() : auditHash;
  }

  /** Nothing, because. */
  public static RegistryPart absent(String why) {
    return new RegistryPart(Optional.of(why), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
