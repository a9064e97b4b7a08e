package io.modeldepot.store.keep;

import io.modeldepot.events.terms.ModelName;
import java.io.IOException;

/** Somebody else works on a model for longer than we wait; nothing was done. */
public final class ModelBusy extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says whose. */
  public ModelBusy(ModelName model) {
    super("Somebody is working on " + model + "; trying again later.");
  }
}
