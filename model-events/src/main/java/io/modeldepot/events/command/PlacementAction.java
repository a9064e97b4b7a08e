package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a placement command asks for. */
@EnumNaming(KebabCase.class)
public enum PlacementAction {
  REPLAN,
  APPLY
}
