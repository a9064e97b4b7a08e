package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a token allows. */
@EnumNaming(KebabCase.class)
public enum Role {
  VIEWER,
  OPERATOR,
  ADMIN,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
