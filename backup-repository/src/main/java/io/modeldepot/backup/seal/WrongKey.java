package io.modeldepot.backup.seal;

import java.io.IOException;

/** A repository does not open with the key that was given, or none was given. */
public final class WrongKey extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong; never with a key in it. */
  public WrongKey(String message) {
    super(message);
  }
}
