package io.modeldepot.mirror.pull;

import io.modeldepot.events.terms.Problem;
import io.modeldepot.mirror.shelf.Arriving;
import java.util.Optional;

/** What is known of a repository that is not here. */
public sealed interface Pulled {
  /** It is not fetched: nobody may ask, or not this caller, or it was cancelled. */
  record No() implements Pulled {}

  /**
   * It is on its way.
   *
   * @param arriving what of it can be served already, once its files are known
   */
  record Coming(long doneBytes, long totalBytes, Optional<Arriving> arriving) implements Pulled {}

  /** More repositories were asked for within an hour than are allowed, or the broker is away. */
  record NotNow() implements Pulled {}

  /** It was asked for and cannot be had. */
  record Failed(Problem why) implements Pulled {}
}
