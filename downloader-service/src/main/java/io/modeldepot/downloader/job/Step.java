package io.modeldepot.downloader.job;

import java.util.List;

/** What the machine answers. */
public sealed interface Step {

  /**
   * The job goes on, or stays, in a state.
   *
   * @param effects in order
   */
  record Taken(JobState state, List<Effect> effects) implements Step {
    public Taken {
      effects = List.copyOf(effects);
    }
  }

  /** It came too late to change anything. */
  record TooLate() implements Step {}

  /** This cannot happen in this state: whoever says so is wrong. */
  record NotPossible() implements Step {}
}
