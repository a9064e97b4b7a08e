package io.modeldepot.provenance.oms;

/** What a signature says about some files. Only {@link Valid} vouches for them. */
public sealed interface SignatureCheck {
  /**
   * A trusted key signed exactly these files.
   *
   * @param signer fingerprint of the key
   */
  record Valid(String signer) implements SignatureCheck {}

  /**
   * Nobody looked whether it is good: it is signed in a way that is not checked here.
   *
   * @param method {@code certificate} or {@code sigstore}; or method and algorithm of its digests,
   *     such as {@code shards-sha256}
   * @param why a sentence
   */
  record NotChecked(String method, String why) implements SignatureCheck {}

  /**
   * It may be good, but nobody here can tell: its key is not one that is trusted.
   *
   * @param signer who it says it is by
   * @param why a sentence
   */
  record Untrusted(String signer, String why) implements SignatureCheck {}

  /**
   * It is wrong: damaged, forged, or about other files.
   *
   * @param why a sentence
   */
  record Invalid(String why) implements SignatureCheck {}
}
