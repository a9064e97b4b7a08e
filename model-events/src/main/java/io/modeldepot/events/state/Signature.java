package io.modeldepot.events.state;

import io.modeldepot.events.terms.Components;
import java.util.Optional;

/**
 * What is known of a version's signature.
 *
 * @param status status
 * @param signer signer
 */
public record Signature(SignatureStatus status, Optional<String> signer) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Signature {
    Components.required(status, "status");
    signer = Components.optional(signer);
  }
}
