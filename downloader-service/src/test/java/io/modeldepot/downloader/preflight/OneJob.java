package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.claim.Claim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A job with its claim on a volume; what happens to it is noted and changes nothing. */
final class OneJob implements Turn {
  static final ModelName MODEL = ModelName.of("tiny");
  static final CommitId COMMIT = CommitId.of("0123456789".repeat(4));

  private final Shelf shelf;
  private final Claim claim;
  private final CancelToken stop = new CancelToken();
  private final List<JobEvent> happened = new ArrayList<>();
  private Job job;

  private OneJob(Shelf shelf, Claim claim, Job job) {
    this.shelf = shelf;
    this.claim = claim;
    this.job = job;
  }

  /** Journals a job in a state. */
  static OneJob on(Shelf shelf, String id, DownloadRequested command, JobState state)
      throws IOException {
    Path place = shelf.store().claimPlace(RequestId.of(id));
    boolean unused = shelf.claims().create(place);
    Claim claim = shelf.claims().take(place).orElseThrow();
    Instant now = Instant.parse("2026-11-25T00:00:00Z");
    Job job =
        new Job(
            RequestId.of(id),
            List.of(RequestId.of(id)),
            command.withRequestId(RequestId.of(id)),
            MODEL,
            LocationName.of("default"),
            Optional.of(
                new Target(
                    FamilyName.of("testing"),
                    Optional.of(RepositoryId.of("org/tiny")),
                    "main",
                    new Selection(command.profile(), command.include(), command.exclude()),
                    Optional.of(
                        new Source(
                            SourceKind.HUB,
                            Optional.empty(),
                            Optional.of(RepositoryId.of("org/tiny")),
                            Optional.of("main"),
                            Optional.empty(),
                            Optional.empty())))),
            state,
            1,
            1,
            io.modeldepot.downloader.job.Tally.NOTHING,
            List.of(),
            now,
            now.plusSeconds(86_400),
            Optional.empty());
    OneJob turn = new OneJob(shelf, claim, job);
    turn.keep();
    return turn;
  }

  static OneJob on(Shelf shelf, String id, JobState state) throws IOException {
    return on(shelf, id, DownloadRequested.of(MODEL), state);
  }

  /** The one thing that happened. */
  JobEvent happened() {
    if (happened.size() != 1) {
      throw new AssertionError("Happened: " + happened);
    }
    return happened.getFirst();
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public Claim claim() {
    return claim;
  }

  @Override
  public CancelToken stop() {
    return stop;
  }

  @Override
  public void happen(JobEvent event) {
    happened.add(event);
  }

  @Override
  public void note(UnaryOperator<Job> change) {
    job = change.apply(job);
  }

  @Override
  public void keep() throws IOException {
    shelf
        .store()
        .journals()
        .write(
            claim,
            JobJournal.of(job, claim.holder().toString(), Instant.parse("2026-11-25T00:00:01Z")));
  }
}
