package io.modeldepot.store.frame;

import java.io.IOException;

/** A frame is not what it was when it was written. */
public final class DamagedFrame extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public DamagedFrame(String why) {
    super("A frame is damaged: " + why + ".");
  }

  /** Says what is wrong, and what found it. */
  public DamagedFrame(String why, Throwable cause) {
    super("A frame is damaged: " + why + ".", cause);
  }
}
