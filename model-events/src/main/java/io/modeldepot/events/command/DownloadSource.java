package io.modeldepot.events.command;

import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.modeldepot.events.terms.KebabCase;

/** Where the bytes of a download come from. */
@EnumNaming(KebabCase.class)
public enum DownloadSource {
  HUB,
  IMPORT,
  ADOPT,
  REPAIR,
  /** Another location of this site; the revision is the commit that it has. */
  REPLICA
}
