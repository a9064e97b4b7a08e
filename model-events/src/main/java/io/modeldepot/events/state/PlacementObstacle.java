package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** Why a model has no place, in one word; the reason says it in full. */
@EnumNaming(KebabCase.class)
public enum PlacementObstacle {
  /** Nothing is asked of it, or its files are gone. */
  NOT_ASKED,
  /** Its files do not say what memory it needs. */
  UNREADABLE,
  /** Its files cannot be served in any form that is wished. */
  NO_VARIANT,
  /** There is no GPU where its files are, or not the one it is pinned to. */
  NO_GPU,
  /** No GPU would hold it, even empty. */
  TOO_LARGE,
  /** Others hold what it needs, or the GPUs that would hold it take nothing. */
  NO_ROOM,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
