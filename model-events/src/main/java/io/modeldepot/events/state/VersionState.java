package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a location has of a version. */
@EnumNaming(KebabCase.class)
public enum VersionState {
  PRESENT,
  ARCHIVED,
  DAMAGED,
  REMOVED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
