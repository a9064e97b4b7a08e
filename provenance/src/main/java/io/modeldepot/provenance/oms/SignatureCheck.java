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
   * It may be good, but nobody here can tell: an unknown key, or a way of signing that is not
   * checked here.
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
