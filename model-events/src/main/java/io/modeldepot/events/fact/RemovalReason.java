package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** Why it was removed. */
@EnumNaming(KebabCase.class)
public enum RemovalReason {
  COMMAND,
  RETENTION,
  UNUSED,
  WATERMARK,
  /** It belongs to other locations, which have it. */
  SURPLUS,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
