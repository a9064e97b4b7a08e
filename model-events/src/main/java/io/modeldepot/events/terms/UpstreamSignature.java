package io.modeldepot.events.terms;

import java.util.Optional;

/**
 * What the signature says that a publisher put into the repository: {@code model.sig}, in the form
 * of OpenSSF Model Signing 1.0.
 *
 * @param status status
 * @param signer fingerprint of its key: SHA-256 over the PEM, lower-case hexadecimal
 * @param method how it was signed, where that is not checked: {@code certificate}, {@code
 *     sigstore}, or method and algorithm of digests that are not SHA-256 of whole files
 * @param why a sentence, where it does not vouch for the files
 */
public record UpstreamSignature(
    UpstreamSignatureStatus status,
    Optional<String> signer,
    Optional<String> method,
    Optional<String> why) {

  /** The path of the signature in a repository. */
  public static final String FILE = "model.sig";

  /** A repository without one. */
  public static final UpstreamSignature NONE =
      new UpstreamSignature(
          UpstreamSignatureStatus.NONE, Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses what is missing; an absent optional value is an empty one. */
  public UpstreamSignature {
    Components.required(status, "status");
    signer = Components.optional(signer);
    method = Components.optional(method);
    why = Components.optional(why);
  }
}
