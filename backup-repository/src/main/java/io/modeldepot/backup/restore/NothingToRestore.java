package io.modeldepot.backup.restore;

import io.modeldepot.backup.snapshot.Scope;
import java.io.IOException;

/** A snapshot has nothing of what is to be restored. */
public final class NothingToRestore extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was asked for. */
  public NothingToRestore(String snapshot, Scope scope) {
    super("The backup " + snapshot + " has nothing of " + scope + ".");
  }
}
