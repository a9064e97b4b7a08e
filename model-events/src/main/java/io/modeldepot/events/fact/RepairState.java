package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** Whether a repair is under way. */
@EnumNaming(KebabCase.class)
public enum RepairState {
  REQUESTED,
  NONE,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
