package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What is wrong with a file. */
@EnumNaming(KebabCase.class)
public enum CorruptionKind {
  BITROT,
  ALTERED,
  MISSING,
  EXTRA,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
