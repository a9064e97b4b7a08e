package io.modeldepot.provenance.policy;

/** What to do about versions that their publisher did not sign, or not so that it counts. */
public enum SignatureRule {
  /** Nothing, and say nothing. */
  ALLOW,
  /** Go on, and say what is wrong with a signature. */
  WARN,
  /** Publish only what a trusted key signed. */
  REQUIRE
}
