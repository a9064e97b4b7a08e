package io.modeldepot.janitor.job;

import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Does one kind of work. Every worker is an application-scoped bean; the crew finds it. At most one
 * process per location works at a time, and in it at most one job per lane.
 */
public interface Worker {
  /** Which work it must wait for. */
  Lane lane();

  /** Whether this is work for it. Of all workers at most one says yes. */
  boolean takes(Asked asked);

  /**
   * Does the job, or goes on with it: the process before may have died at any point of it, so every
   * step finds out first whether it was done.
   *
   * @param job where it is
   * @param shelf the open volume
   * @param progress hears how far it is, as often as it likes
   * @return how it ended
   * @throws IOException to be called again later: the volume or the broker is away
   * @throws InterruptedException to be called again by another process: this one ends
   */
  Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException;
}
