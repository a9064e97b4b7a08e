package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.transfer.FileOutcome;
import io.modeldepot.downloader.transfer.TransferFailure;
import io.modeldepot.downloader.transfer.TransferResult;
import io.modeldepot.downloader.trust.RefusedByPolicy;
import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.provenance.policy.Judgement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The work of {@code transferring}: runs transfers until every file is verified or one cannot be,
 * then looks into them and at who signed them: what the policy refuses ends here.
 */
@ApplicationScoped
public class FetchStage implements Stage {
  /** A branch that keeps moving under a download gets that many new files; then it is given up. */
  private static final int MOST_RESTARTS = 3;

  private final Fetcher fetcher;
  private final VolumeKeeper volume;
  private final Listings listings;
  private final Trust trust;

  @Inject
  FetchStage(Fetcher fetcher, VolumeKeeper volume, Listings listings, Trust trust) {
    this.fetcher = fetcher;
    this.listings = listings;
    this.volume = volume;
    this.trust = trust;
  }

  @Override
  public void work(Turn turn) throws IOException, InterruptedException {
    if (!(turn.job().state() instanceof JobState.Transferring transferring)) {
      throw new IllegalStateException("Not transferring: " + turn.job().state());
    }
    while (!turn.stop().isCancelled()) {
      TransferResult result = fetcher.fetch(turn, volume.await(), transferring.at());
      if (result.allVerified()) {
        Optional<JobEvent> judged = judged(turn, transferring.at());
        if (judged.isPresent()) {
          turn.happen(judged.get());
        }
        return;
      }
      Optional<JobEvent> end = end(turn.job(), result);
      if (turn.stop().isCancelled()) {
        return;
      }
      if (end.isPresent()) {
        turn.happen(end.get());
        return;
      }
      for (FileOutcome outcome : result.outcomes()) {
        switch (outcome) {
          case FileOutcome.Mismatched wrong ->
              turn.happen(new JobEvent.DigestWrong(wrong.file().path()));
          case FileOutcome.Changed changed ->
              turn.happen(new JobEvent.BranchMoved(changed.file().path()));
          case FileOutcome.Verified _, FileOutcome.Failed _, FileOutcome.Stopped _ -> {}
        }
      }
    }
  }

  /**
   * Nothing is published that the policy refuses; what was published once may be mended.
   *
   * @return empty if the hub has to be waited for
   */
  private Optional<JobEvent> judged(Turn turn, CommitId commit)
      throws IOException, InterruptedException {
    Job job = turn.job();
    if (job.command().source().filter(it -> it == DownloadSource.REPAIR).isPresent()) {
      return Optional.of(new JobEvent.AllVerified());
    }
    Shelf shelf = volume.await();
    Map<String, Path> where = Whereabouts.of(turn, shelf, commit);
    try {
      Judgement unused = trust.admit(job.model(), where);
      if (trust.publishers().required()) {
        Optional<Listing> listing = listings.of(turn, shelf, commit);
        if (listing.isEmpty()) {
          return Optional.empty();
        }
        Manifest manifest =
            Manifests.of(job, commit, listing.get(), Optional.empty(), Instant.now());
        UpstreamSignature unusedToo =
            trust.publishers().admit(Manifests.whole(shelf, manifest), where);
      }
      return Optional.of(new JobEvent.AllVerified());
    } catch (RefusedByPolicy e) {
      return Optional.of(new JobEvent.Refused(e.problem()));
    }
  }

  /** What ends the work of this state: the worst of what happened; empty if it can go on. */
  private static Optional<JobEvent> end(Job job, TransferResult result) {
    Bytes bytes = result.last().fetchedBytes() > 0 ? Bytes.SOME_CAME : Bytes.NONE_CAME;
    Optional<JobEvent> later = Optional.empty();
    for (FileOutcome outcome : result.outcomes()) {
      Optional<JobEvent> event = event(job, outcome, bytes);
      if (event.isPresent() && !(event.get() instanceof JobEvent.Setback)) {
        return event;
      }
      later = later.or(() -> event);
    }
    return later;
  }

  private static Optional<JobEvent> event(Job job, FileOutcome outcome, Bytes bytes) {
    return switch (outcome) {
      case FileOutcome.Mismatched wrong
          when Fetcher.file(job, wrong.file().path()).failures() > 0
              && wrong.file().remote().nearUsed().isEmpty() ->
          Optional.of(
              new JobEvent.DigestWrongAgain(
                  wrong.file().path(),
                  Problem.of(
                      ProblemCode.CHECKSUM_MISMATCH,
                      "%s came in twice and its digest was wrong twice; it is in quarantine."
                          .formatted(wrong.file().path()),
                      facts(wrong.file().path(), wrong.expected(), wrong.actual()))));
      case FileOutcome.Changed changed when isFinal(job, changed) ->
          Optional.of(
              new JobEvent.CommitChanged(
                  Problem.of(
                      ProblemCode.HUB_INCONSISTENT,
                      "%s changed at the hub although its commit is the same."
                          .formatted(changed.file().path()),
                      facts(changed.file().path(), changed.expected(), changed.actual()))));
      case FileOutcome.Failed failed -> Optional.of(failed(job, failed.failure(), bytes));
      case FileOutcome.Mismatched _,
          FileOutcome.Changed _,
          FileOutcome.Verified _,
          FileOutcome.Stopped _ ->
          Optional.empty();
    };
  }

  private static boolean isFinal(Job job, FileOutcome.Changed changed) {
    return job.target().filter(Target::isPinned).isPresent()
        || Fetcher.file(job, changed.file().path()).failures() >= MOST_RESTARTS;
  }

  private static JobEvent failed(Job job, TransferFailure failure, Bytes bytes) {
    return switch (failure) {
      case TransferFailure.AtHub hub -> Trouble.at(hub.failure(), job, bytes);
      case TransferFailure.NoSpace full -> Trouble.noSpace(full.problem(), bytes);
      case TransferFailure.AtVolume broken ->
          broken.isTransient()
              ? Trouble.later(broken.problem(), WaitingFor.SPACE, job, bytes, Optional.empty())
              : new JobEvent.Refused(broken.problem());
    };
  }

  private static Map<String, Object> facts(String path, String expected, String actual) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", path);
    facts.put("expected", expected);
    facts.put("actual", actual);
    return facts;
  }
}
