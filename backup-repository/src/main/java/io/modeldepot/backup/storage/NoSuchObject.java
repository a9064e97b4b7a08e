package io.modeldepot.backup.storage;

import java.io.IOException;

/** There is no object of this name. */
public final class NoSuchObject extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names it. */
  public NoSuchObject(String place, String name) {
    super("There is no " + name + " at " + place + ".");
  }
}
