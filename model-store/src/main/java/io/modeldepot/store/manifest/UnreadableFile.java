package io.modeldepot.store.manifest;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the store is there and cannot be read as what it should be. */
public final class UnreadableFile extends IOException {
  private static final long serialVersionUID = 1L;

  /** Which file, and why. */
  public UnreadableFile(Path file, Throwable cause) {
    super(file + " cannot be read: " + cause.getMessage(), cause);
  }
}
