package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.Manifest;
import java.util.Base64;
import java.util.Optional;

/**
 * A version in a snapshot.
 *
 * @param current whether it was the model's current one
 * @param generation what {@code current.json} of the model said; 0 if it said nothing
 * @param manifest the version's manifest, whole
 * @param signature the file beside it that signs it, in Base64; empty if it had none
 */
public record SavedVersion(
    @JsonProperty(required = true) boolean current,
    @JsonProperty(required = true) long generation,
    @JsonProperty(required = true) Manifest manifest,
    Optional<String> signature) {

  /** A snapshot of before signatures were kept has none. */
  public SavedVersion {
    signature = Components.optional(signature);
  }

  /** The bytes of the signature file. */
  public Optional<byte[]> signatureFile() {
    return signature.map(Base64.getDecoder()::decode);
  }
}
