package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What happens when the branch moves at the hub. */
@EnumNaming(KebabCase.class)
public enum UpdatePolicy {
  /** Nothing, until somebody asks. */
  MANUAL,
  /** The new commit is downloaded. */
  FOLLOW,
  /** The new commit is shown and waits for approval. */
  APPROVE,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
