package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a backup command asks for. */
@EnumNaming(KebabCase.class)
public enum BackupAction {
  BACKUP,
  PIN,
  UNPIN,
  PRUNE,
  CHECK,
  DRILL,
  DIFF
}
