package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a plan does to a model that was placed. */
@EnumNaming(KebabCase.class)
public enum PlacementChangeKind {
  /** It goes to other GPUs. */
  MOVED,
  /** It stays, and is served otherwise. */
  RESTARTED,
  /** It runs nowhere any more. */
  STOPPED,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
