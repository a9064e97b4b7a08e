package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.manifest.UnreadableFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/** Looks what other jobs bring in. Reads journals, of this process or another, and changes none. */
@ApplicationScoped
public class Neighbours {

  /**
   * Another job that is bringing this commit of the same model in. Asked under the model's claim,
   * which every job takes before it begins, so that it cannot be missed.
   */
  Optional<Job> at(Shelf shelf, Job job, CommitId commit) throws IOException {
    Journals journals = shelf.store().journals();
    for (RequestId id : journals.claimed()) {
      Optional<Job> other = id.equals(job.id()) ? Optional.empty() : read(journals, id);
      if (other.isPresent()
          && other.get().model().equals(job.model())
          && !other.get().command().plan()
          && isUnderWay(other.get().state(), commit)) {
        return other;
      }
    }
    return Optional.empty();
  }

  /**
   * A journal that is damaged, or of a newer version of this program, is no neighbour: at worst the
   * same content comes in twice, while believing nothing here would end a job that has no fault.
   */
  private static Optional<Job> read(Journals journals, RequestId id) throws IOException {
    try {
      return journals.read(id).map(JobJournal::read);
    } catch (UnreadableFile | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A job that waits keeps its commit and everything it brought in. */
  private static boolean isUnderWay(JobState state, CommitId commit) {
    return switch (state) {
      case JobState.Checking _,
          JobState.Transferring _,
          JobState.Publishing _,
          JobState.Announcing _,
          JobState.Waiting _ ->
          state.commit().equals(Optional.of(commit));
      case JobState.Requested _, JobState.Resolving _, JobState.Joined _, JobState.Final _ -> false;
    };
  }
}
