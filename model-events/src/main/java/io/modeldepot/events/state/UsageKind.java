package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What bytes on the volume belong to. */
@EnumNaming(KebabCase.class)
public enum UsageKind {
  CURRENT,
  OLD,
  PARTIAL,
  TRASH,
  ARCHIVE,
  FOREIGN,
  UNEXPLAINED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
