package io.modeldepot.placement.fleet;

import java.time.Instant;
import java.util.Optional;

/** Whether a GPU may be planned with. */
public sealed interface Condition {

  /** It may. */
  record Ready() implements Condition {}

  /**
   * An operator wants it empty: nothing is placed there, what is there moves.
   *
   * @param until when that ends, if it does by itself
   * @param reason in the operator's words
   */
  record Drained(Optional<Instant> until, String reason) implements Condition {}

  /**
   * It is not heard of, but may come back: what is there stays, nothing is added.
   *
   * @param since last heard of
   * @param graceEnds from then on it is given up
   */
  record Lost(Instant since, Instant graceEnds) implements Condition {}

  /**
   * Given up: what was there moves.
   *
   * @param since last heard of
   */
  record GivenUp(Instant since) implements Condition {}

  /** Whether something may be placed there that is not there yet. */
  default boolean takes() {
    return this instanceof Ready;
  }

  /** Whether what is there may stay. */
  default boolean keeps() {
    return this instanceof Ready || this instanceof Lost;
  }
}
