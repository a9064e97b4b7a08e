package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What a publisher's signature says of a version's files. Only {@link #VALID} vouches for them. */
@EnumNaming(KebabCase.class)
public enum UpstreamSignatureStatus {
  /** The repository has no signature. */
  NONE,
  /** A key that is trusted for this publisher signed exactly these files. */
  VALID,
  /** It is damaged, forged, or about other files. */
  INVALID,
  /** Nobody here trusts its key. */
  UNTRUSTED,
  /** It is signed in a way that is not checked here, such as with a certificate. */
  NOT_CHECKED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
