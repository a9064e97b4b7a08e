package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** Which files of a repository are wanted. */
@EnumNaming(KebabCase.class)
public enum Profile {
  /**
   * What an engine loads: weights once (safetensors where there are any), configuration, tokenizer.
   */
  SERVING,
  /** Every file of the repository. */
  FULL,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
