package io.modeldepot.janitor.site;

import java.io.IOException;

/** It is not known what everybody wants; nothing may be removed. To be tried again. */
public final class SiteUnknown extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public SiteUnknown(String why) {
    super(why + " No broker, no deletions.");
  }

  SiteUnknown(String why, Throwable cause) {
    super(why + " No broker, no deletions.", cause);
  }
}
