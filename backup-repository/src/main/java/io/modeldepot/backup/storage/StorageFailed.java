package io.modeldepot.backup.storage;

import java.io.IOException;

/** The place of a repository cannot be reached, or refuses; the same call may be repeated. */
public class StorageFailed extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was refused, and where. */
  public StorageFailed(String place, String what, Throwable cause) {
    super(what + " at " + place + " failed: " + cause.getMessage(), cause);
  }

  /** Says what is wrong with a place. */
  public StorageFailed(String message) {
    super(message);
  }
}
