package io.modeldepot.backup.seal;

import java.io.IOException;

/** Sealed bytes were changed, or belong somewhere else, or were sealed with another key. */
public final class BrokenSeal extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names what does not open. */
  public BrokenSeal(String purpose) {
    super("The seal of " + purpose + " is broken: it was changed, or it is another's.");
  }
}
