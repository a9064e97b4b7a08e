package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What a file was verified against, strongest first. */
@EnumNaming(KebabCase.class)
public enum VerifiedBy {
  /** The SHA-256 that the hub states. */
  SHA256,
  /** The git blob id that the hub states. */
  GIT_SHA1,
  /** A signature over the digests. */
  SIGNATURE,
  /** Our own digest alone: nobody else vouches for the bytes. */
  SELF,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
