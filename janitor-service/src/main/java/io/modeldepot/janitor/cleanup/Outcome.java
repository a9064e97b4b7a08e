package io.modeldepot.janitor.cleanup;

import java.time.Instant;
import java.util.Optional;

/** What became of one thing of a plan. */
sealed interface Outcome {
  /** The thing. */
  Item item();

  /**
   * It went.
   *
   * @param item the thing
   * @param freedBytes what the disk got back at once
   * @param undoUntil until when it can be brought back
   * @param trash under which name
   */
  record Gone(Item item, long freedBytes, Optional<Instant> undoUntil, Optional<String> trash)
      implements Outcome {}

  /**
   * It stayed after all.
   *
   * @param item the thing
   * @param reason why
   */
  record Stayed(Item item, String reason) implements Outcome {}
}
