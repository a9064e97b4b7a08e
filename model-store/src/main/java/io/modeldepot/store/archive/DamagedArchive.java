package io.modeldepot.store.archive;

import java.io.IOException;

/** What is in the archive, or was to go there, is not what its digest says. */
public final class DamagedArchive extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedArchive(String what, String why) {
    super(what + " is damaged: " + why + ".");
  }

  DamagedArchive(String what, Throwable cause) {
    super(what + " is damaged: " + cause.getMessage(), cause);
  }
}
