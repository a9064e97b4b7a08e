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

  /** Refuses what cannot be restored. A snapshot of before signatures were kept has none. */
  public SavedVersion {
    Components.notNegative(generation, "generation");
    Components.required(manifest, "manifest");
    signature = Components.optional(signature);
    // No base64 is refused here and not in the middle of a restore.
    signature.ifPresent(Base64.getDecoder()::decode);
  }

  /** The bytes of the signature file. */
  public Optional<byte[]> signatureFile() {
    return signature.map(Base64.getDecoder()::decode);
  }
}
