package io.modeldepot.placement.fleet;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of a GPU that is not planned with.
 *
 * @param bytes how much
 * @param until when it ends, if it does by itself
 * @param reason in the operator's words
 */
public record Reservation(long bytes, Optional<Instant> until, String reason) {

  /** Refuses less than nothing. */
  public Reservation {
    if (bytes < 0) {
      throw new IllegalArgumentException("A reservation takes, it does not give.");
    }
  }
}
