package io.modeldepot.backup.pack;

import java.io.IOException;

/** An object of the repository is not what it was when it was put, or a block is nowhere. */
public final class DamagedObject extends IOException {
  private static final long serialVersionUID = 1L;

  private final String object;

  /** Says which, and what is wrong. */
  public DamagedObject(String object, String why) {
    super(object + " is damaged: " + why + ".");
    this.object = object;
  }

  /** Says which, and what found it. */
  public DamagedObject(String object, String why, Throwable cause) {
    super(object + " is damaged: " + why + ".", cause);
    this.object = object;
  }

  /** The object. */
  public String object() {
    return object;
  }
}
