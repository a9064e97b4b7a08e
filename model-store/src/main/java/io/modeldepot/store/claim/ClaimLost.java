package io.modeldepot.store.claim;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else holds the claim now. Nothing more may be done under it; no retry helps. */
public final class ClaimLost extends IOException {
  private static final long serialVersionUID = 1L;

  /** This process has no such claim, or has it no more. */
  public ClaimLost(Path place) {
    super("The claim " + place + " is not held by this process.");
  }

  ClaimLost(Path place, Holder holder, Throwable cause) {
    super("The claim " + place + " is no longer held by " + holder + ".", cause);
  }

  ClaimLost(Path place, Holder holder) {
    super("The claim " + place + " is no longer held by " + holder + ".");
  }
}
