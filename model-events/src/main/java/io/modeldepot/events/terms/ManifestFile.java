package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One file of a version.
 *
 * @param path path in the repository, with {@code /}
 * @param sizeBytes length
 * @param present whether it is part of this selection
 * @param sha256 our own digest; always there when present
 * @param gitSha1 where the hub states one
 * @param verifiedBy what vouches for the bytes
 * @param blocks digests per block
 */
public record ManifestFile(
    String path,
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) boolean present,
    Optional<Sha256> sha256,
    Optional<GitSha1> gitSha1,
    Optional<VerifiedBy> verifiedBy,
    Optional<Blocks> blocks) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ManifestFile {
    Components.required(path, "path");
    Components.notNegative(sizeBytes, "sizeBytes");
    sha256 = Components.optional(sha256);
    gitSha1 = Components.optional(gitSha1);
    verifiedBy = Components.optional(verifiedBy);
    blocks = Components.optional(blocks);
  }
}
