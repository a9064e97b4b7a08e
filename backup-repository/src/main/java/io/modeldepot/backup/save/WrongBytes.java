package io.modeldepot.backup.save;

import java.io.IOException;

/** A file has other bytes than its manifest says. */
final class WrongBytes extends IOException {
  private static final long serialVersionUID = 1L;

  WrongBytes(String message) {
    super(message);
  }
}
