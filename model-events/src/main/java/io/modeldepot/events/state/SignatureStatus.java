package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What is known of a version's signature. */
@EnumNaming(KebabCase.class)
public enum SignatureStatus {
  NONE,
  VALID,
  INVALID,
  UNTRUSTED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
