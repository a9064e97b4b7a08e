package io.modeldepot.events.fact;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** Who noticed a corruption. */
@EnumNaming(KebabCase.class)
public enum FoundBy {
  SCRUB,
  READ,
  VERIFY,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
