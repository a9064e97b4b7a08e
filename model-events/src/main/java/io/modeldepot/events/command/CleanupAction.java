package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a cleanup does with what it finds. */
@EnumNaming(KebabCase.class)
public enum CleanupAction {
  REMOVE,
  ARCHIVE,
  UNARCHIVE,
  UNDO,
  VERIFY,
  REPAIR
}
