package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.VerifiedBy;
import java.util.Optional;

/**
 * One file of an announced version.
 *
 * @param path path
 * @param sizeBytes sizeBytes
 * @param sha256 sha256
 * @param gitSha1 gitSha1
 * @param verifiedBy verifiedBy
 * @param present present
 */
public record VerifiedFile(
    String path,
    @JsonProperty(required = true) long sizeBytes,
    Optional<Sha256> sha256,
    Optional<GitSha1> gitSha1,
    Optional<VerifiedBy> verifiedBy,
    @JsonProperty(required = true) boolean present) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public VerifiedFile {
    Components.required(path, "path");
    Components.notNegative(sizeBytes, "sizeBytes");
    sha256 = Components.optional(sha256);
    gitSha1 = Components.optional(gitSha1);
    verifiedBy = Components.optional(verifiedBy);
  }
}
