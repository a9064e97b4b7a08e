package io.modeldepot.store.publish;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import java.io.IOException;

/** The volume does not have this version of the model. */
public final class NoSuchVersion extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which. */
  public NoSuchVersion(ModelName model, CommitId commit) {
    super(model + "@" + commit + " is not on this volume.");
  }
}
