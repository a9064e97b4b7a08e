package io.modeldepot.janitor.job;

import io.modeldepot.events.terms.Problem;
import java.util.Map;

/** How a job ended. */
public sealed interface Ending {

  /**
   * It was done.
   *
   * @param result what came of it
   */
  record Done(Map<String, Object> result) implements Ending {}

  /**
   * It was asked what would be done.
   *
   * @param result the plan
   */
  record Planned(Map<String, Object> result) implements Ending {}

  /**
   * It could not be done, or was refused.
   *
   * @param problem why
   * @param result what was done before that
   */
  record Failed(Problem problem, Map<String, Object> result) implements Ending {
    /** Nothing was done. */
    public Failed(Problem problem) {
      this(problem, Map.of());
    }
  }

  /** It was too old to be begun. */
  record Expired() implements Ending {}
}
