package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.hub.Hub;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files of a repository, for a job whose own files are verified already. */
@ApplicationScoped
public class Listings {
  private final Hub hub;

  /** Asks this hub. */
  @Inject
  public Listings(Hub hub) {
    this.hub = hub;
  }

  /**
   * Kept beside the parts, else asked for again.
   *
   * @return empty if the hub does not answer; the job waits then, or was told to stop
   */
  public Optional<Listing> of(Turn turn, Shelf shelf, CommitId commit) throws IOException {
    Optional<Listing> kept = Listing.kept(shelf.store().volume().calls(), turn.claim(), commit);
    if (kept.isPresent()) {
      return kept;
    }
    Job job = turn.job();
    return switch (hub.files(
        job.target().orElseThrow().repository().orElseThrow(), commit, turn.stop())) {
      case HubResult.Found<List<RepositoryFile>> found ->
          Optional.of(Listing.of(commit, found.value()));
      case HubResult.Failed<List<RepositoryFile>> failed -> {
        if (!turn.stop().isCancelled()) {
          // Even a refusal is a setback here: every byte is verified and waits.
          turn.happen(
              Trouble.later(
                  failed.failure().problem(),
                  WaitingFor.HUB,
                  job,
                  Bytes.NONE_CAME,
                  failed.failure().retryAfter()));
        }
        yield Optional.empty();
      }
    };
  }
}
