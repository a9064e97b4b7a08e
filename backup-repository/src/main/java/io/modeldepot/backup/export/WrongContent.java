package io.modeldepot.backup.export;

import java.io.IOException;

/** A file of the volume is not what its manifest says; it is not exported. */
public final class WrongContent extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file. */
  public WrongContent(String path) {
    super(path + " is not what its manifest says.");
  }
}
