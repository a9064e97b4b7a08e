package io.modeldepot.backup.repository;

import java.io.IOException;

/** Somebody believed this holder dead and took the repository; nothing may be committed. */
public final class LockLost extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says where. */
  public LockLost(String place) {
    super("The repository at " + place + " was taken by somebody else meanwhile.");
  }
}
