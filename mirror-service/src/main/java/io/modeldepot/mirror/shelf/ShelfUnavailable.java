package io.modeldepot.mirror.shelf;

/** The volume is not here, is another one than before, or cannot be read. Passes by itself. */
public final class ShelfUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ShelfUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
