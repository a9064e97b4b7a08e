package io.modeldepot.backup.repository;

import java.io.IOException;

/** There is no repository at a place, or one of a newer format. */
public final class NoRepository extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is there instead. */
  public NoRepository(String message) {
    super(message);
  }
}
