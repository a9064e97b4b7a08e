package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** What a cleanup looks at. */
@EnumNaming(KebabCase.class)
public enum CleanupScope {
  CACHE,
  PARTIALS,
  VERSIONS,
  UNUSED,
  /** Copies of spread models at locations they were not assigned to. */
  SURPLUS,
  MODEL,
  TRASH,
  FOREIGN,
  INTEGRITY,
  ALL
}
