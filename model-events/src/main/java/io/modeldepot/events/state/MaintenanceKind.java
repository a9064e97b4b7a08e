package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What the janitor is doing. */
@EnumNaming(KebabCase.class)
public enum MaintenanceKind {
  CLEANUP,
  ARCHIVE,
  SCRUB,
  REPAIR,
  BACKUP,
  CHECK,
  PRUNE,
  DRILL,
  RESTORE,
  /** A value that a newer writer knows and this reader does not. */
  @JsonEnumDefaultValue
  UNKNOWN
}
