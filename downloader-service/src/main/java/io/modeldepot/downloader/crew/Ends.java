package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.manifest.UnreadableFile;
import java.io.IOException;
import java.util.Optional;

/** How other jobs ended, by their journals. */
final class Ends {

  /** How a job ended; empty if it has no journal that can be read, or has not ended. */
  Optional<JobState.Final> of(Shelf shelf, RequestId id) throws IOException {
    return state(shelf, id)
        .filter(JobState.Final.class::isInstance)
        .map(JobState.Final.class::cast);
  }

  /** Whether a joined job has nothing to wait for any more. */
  boolean isOver(Shelf shelf, RequestId host) throws IOException {
    return state(shelf, host).map(JobState.Final.class::isInstance).orElse(true);
  }

  private static Optional<JobState> state(Shelf shelf, RequestId id) throws IOException {
    try {
      return shelf.store().journals().read(id).map(JobJournal::read).map(Job::state);
    } catch (UnreadableFile | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
