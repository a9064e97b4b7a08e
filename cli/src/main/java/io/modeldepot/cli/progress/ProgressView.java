package io.modeldepot.cli.progress;

import java.util.List;

/** Shows jobs while they run. Used by one thread. */
public sealed interface ProgressView permits Bars, Lines, JsonLines, Silent {
  /**
   * Called about ten times a second with the latest of every job, in the order they were asked for.
   */
  void show(List<Job> jobs);

  /** Shows the last state and leaves the terminal as a plain one; nothing is shown afterwards. */
  void end(List<Job> jobs);
}
