package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What was removed. */
@EnumNaming(KebabCase.class)
public enum RemovedWhat {
  VERSION,
  MODEL,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
