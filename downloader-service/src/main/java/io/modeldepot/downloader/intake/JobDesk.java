package io.modeldepot.downloader.intake;

import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.crew.JobBoard;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.command.DownloadAction;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadRules;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.PayloadDigest;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.manifest.UnreadableFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns commands into jobs on the volume. Taking a command twice is taking it once. */
@ApplicationScoped
public class JobDesk {
  private static final Logger LOG = Logger.getLogger(JobDesk.class);

  private static final Duration BEFORE_NEXT_LOOK = Duration.ofMillis(100);

  private final VolumeKeeper volume;
  private final JobBoard board;
  private final JobTeller teller;
  private final ServiceIdentity identity;
  private final Timekeeper time;

  @Inject
  JobDesk(VolumeKeeper volume, JobBoard board, JobTeller teller, ServiceIdentity identity) {
    this(volume, board, teller, identity, Timekeeper.system());
  }

  /** A desk that lives in a time of its own. */
  public JobDesk(
      VolumeKeeper volume,
      JobBoard board,
      JobTeller teller,
      ServiceIdentity identity,
      Timekeeper time) {
    this.volume = volume;
    this.board = board;
    this.teller = teller;
    this.identity = identity;
    this.time = time;
  }

  /** What became of a command. */
  public enum Answer {
    /** It is durable, or was, or is none of this location's business. */
    TAKEN,
    /** Its id stands for another request. */
    ANOTHER_WITH_THIS_ID,
    /** Its id stands for a job whose journal is damaged, or of a newer version of this program. */
    UNREADABLE_JOB
  }

  /**
   * Takes a command that {@link DownloadRules} find no fault with. When this returns it survives a
   * crash.
   *
   * @throws IOException when the volume refuses; to be repeated
   */
  public Answer take(CommandEnvelope<DownloadRequested> command)
      throws IOException, InterruptedException {
    DownloadRequested payload = command.payload();
    if (payload.location().filter(it -> !it.equals(volume.location())).isPresent()) {
      return Answer.TAKEN;
    }
    Shelf shelf = volume.await();
    try {
      return payload.action().orElse(DownloadAction.DOWNLOAD) == DownloadAction.CANCEL
          ? cancel(shelf, payload.requestId().orElseThrow())
          : request(shelf, command);
    } catch (UnreadableFile | IllegalArgumentException e) {
      // It will be no better next time, and the commands behind this one are other jobs' business.
      LOG.errorf("The journal of %s cannot be read: %s", command.id(), e.getMessage());
      return Answer.UNREADABLE_JOB;
    }
  }

  private Answer cancel(Shelf shelf, RequestId id) throws IOException {
    Journals journals = shelf.store().journals();
    Optional<Journal> journal = journals.read(id);
    if (journal.isEmpty()) {
      LOG.infof("Nothing to cancel: %s is not known at this location", id);
    } else if (JobJournal.isOver(journal.get())) {
      LOG.infof("Too late to cancel %s", id);
    } else {
      journals.requestCancel(id);
      board.wake();
    }
    return Answer.TAKEN;
  }

  private Answer request(Shelf shelf, CommandEnvelope<DownloadRequested> command)
      throws IOException, InterruptedException {
    Journals journals = shelf.store().journals();
    DownloadRequested asked = command.payload().withRequestId(command.id());
    Path place = shelf.store().claimPlace(command.id());
    while (true) {
      Optional<Journal> before = journals.read(command.id());
      if (before.isPresent()) {
        journals.makeDurable();
        if (!asksTheSame(before.get().command(), asked)) {
          return Answer.ANOTHER_WITH_THIS_ID;
        }
        if (JobJournal.isOver(before.get())) {
          // Whoever asks again may have lost the answer, with the broker that had it.
          sayEndAgain(JobJournal.read(before.get()).told(), command.id());
        }
        return Answer.TAKEN;
      }
      boolean unused = shelf.claims().create(place);
      Optional<Claim> claim = shelf.claims().takeIfPossible(place);
      if (claim.isPresent()) {
        try (Claim held = claim.get()) {
          if (journals.read(command.id()).isEmpty()) {
            write(journals, held, command, asked);
          }
        }
        board.wake();
        return Answer.TAKEN;
      }
      // Another downloader has the same record after a rebalance; its journal will be there soon.
      boolean unusedToo = time.pause(BEFORE_NEXT_LOOK, new CancelToken());
      if (Thread.interrupted()) {
        throw new InterruptedException("This process ends.");
      }
    }
  }

  /** Of several who shared a job, one may have left it before its end. */
  private void sayEndAgain(Job job, RequestId who) {
    if (job.requestIds().isEmpty() || job.requestIds().contains(who)) {
      teller.tell(job, identity.instance(), Optional.empty());
    } else {
      teller.tellLeft(job, who, identity.instance());
    }
  }

  private static boolean asksTheSame(DownloadRequested one, DownloadRequested other) {
    return PayloadDigest.of(DownloadRules.named(one))
        .equals(PayloadDigest.of(DownloadRules.named(other)));
  }

  private void write(
      Journals journals,
      Claim claim,
      CommandEnvelope<DownloadRequested> command,
      DownloadRequested asked)
      throws IOException {
    Instant published = command.origin().publishedAt();
    Job job =
        Job.requested(
                command.id(),
                asked,
                DownloadRules.model(asked).orElseThrow(),
                volume.location(),
                published,
                published.plus(command.maxAge()),
                command.traceparent())
            .told();
    journals.write(claim, JobJournal.of(job, claim.holder().toString(), time.now()));
    LOG.infof("Job %s: %s", job.id(), job.model());
    if (!command.expired(time.now())) {
      teller.tell(
          job,
          identity.instance(),
          board.hasFreeSlot() ? Optional.empty() : Optional.of(WaitingFor.SLOT));
    }
  }
}
