package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Where a version came from. */
@EnumNaming(KebabCase.class)
public enum SourceKind {
  HUB,
  IMPORT,
  ADOPTED,
  RESTORE,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
