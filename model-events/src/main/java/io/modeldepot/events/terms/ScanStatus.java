package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What the check of executable content found. */
@EnumNaming(KebabCase.class)
public enum ScanStatus {
  CLEAN,
  WARNED,
  REFUSED,
  NONE,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
