package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** The state of a maintenance job. */
@EnumNaming(KebabCase.class)
public enum MaintenanceState {
  ACCEPTED,
  RUNNING,
  WAITING,
  PLANNED,
  DONE,
  FAILED,
  EXPIRED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
