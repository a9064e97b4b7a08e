package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** Why a job waits. */
@EnumNaming(KebabCase.class)
public enum WaitingFor {
  HUB,
  SPACE,
  CATALOG,
  SLOT,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
