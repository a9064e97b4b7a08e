package io.modeldepot.downloader.job;

import java.io.IOException;

/** The work of one state. */
@FunctionalInterface
public interface Stage {
  /**
   * Works until something happens that changes the state, and says so by {@link Turn#happen}; or
   * returns without, when told to stop. Doing it again from the start is always allowed.
   *
   * @throws IOException when the volume refuses; the job stays as it is journaled
   */
  void work(Turn turn) throws IOException, InterruptedException;
}
