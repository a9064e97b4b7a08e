package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import java.util.Optional;

/**
 * A file that a download would bring.
 *
 * @param path path
 * @param sizeBytes sizeBytes
 * @param sha256 sha256
 * @param gitSha1 gitSha1
 */
public record PlannedFile(
    String path,
    @JsonProperty(required = true) long sizeBytes,
    Optional<Sha256> sha256,
    Optional<GitSha1> gitSha1) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public PlannedFile {
    Components.required(path, "path");
    Components.notNegative(sizeBytes, "sizeBytes");
    sha256 = Components.optional(sha256);
    gitSha1 = Components.optional(gitSha1);
  }
}
