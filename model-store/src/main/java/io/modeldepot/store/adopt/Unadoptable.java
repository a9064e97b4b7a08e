package io.modeldepot.store.adopt;

import java.io.IOException;
import java.nio.file.Path;

/** A directory cannot be taken in as a model; it is as it was. */
public final class Unadoptable extends IOException {
  private static final long serialVersionUID = 1L;

  Unadoptable(Path directory, String why) {
    super(directory + " cannot be taken in: " + why);
  }

  Unadoptable(Path directory, String why, Throwable cause) {
    super(directory + " cannot be taken in: " + why, cause);
  }
}
