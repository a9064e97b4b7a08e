package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** How it is decided which locations a model belongs to. */
@EnumNaming(KebabCase.class)
public enum SpreadPolicy {
  /** Those that the entry names; the registry changes nothing. */
  NAMED,
  /** As many as are wished, chosen by the registry. */
  COPIES,
  /** Every location that lives. */
  ALL,
  /** Those of the GPUs that it is placed on, and as many as are wished in all. */
  NEAR,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
