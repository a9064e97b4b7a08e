package io.modeldepot.downloader.announce;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcing;
import io.modeldepot.kit.trace.Working;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Tells how jobs are. Safe for threads. */
@ApplicationScoped
public class JobTeller {
  private static final Logger LOG = Logger.getLogger(JobTeller.class);

  private final Announcing announcer;
  private final Clock clock;

  @Inject
  JobTeller(Announcing announcer) {
    this(announcer, Clock.systemUTC());
  }

  /** Tells by a clock of its own. */
  public JobTeller(Announcing announcer, Clock clock) {
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Tells how a job is; a record that does not get through is followed by the next one. */
  public void tell(Job job, String holder, Optional<WaitingFor> waitingFor) {
    DownloadProgressed now = JobRecords.progressed(job, holder, waitingFor, clock.instant());
    CompletableFuture<?> unused = send(job, now).exceptionally(JobTeller::notThrough);
  }

  /**
   * Tells how a job ended, and returns when the broker has it.
   *
   * @throws BrokerAway if it does not take it; telling again is harmless
   */
  public void tellEnd(Job job, String holder) throws IOException, InterruptedException {
    VersionAnnouncer.acknowledged(
        send(job, JobRecords.progressed(job, holder, Optional.empty(), clock.instant())));
  }

  /**
   * Tells that there will be no version, and returns when the broker has it.
   *
   * @throws BrokerAway if it does not take it; telling again is harmless
   */
  public void tellFailed(Job job, Problem why) throws IOException, InterruptedException {
    DownloadFailed fact = JobRecords.failed(job, why, clock.instant());
    VersionAnnouncer.acknowledged(
        announcer.announce(Topics.DOWNLOAD_FAILED, job.model().value(), fact));
  }

  /** Tells that one of several requests was cancelled. */
  public void tellLeft(Job job, RequestId who, String holder) {
    CompletableFuture<?> unused =
        send(job, JobRecords.left(job, who, holder, clock.instant()))
            .exceptionally(JobTeller::notThrough);
  }

  /** In the trace of the request, whoever's thread it is that tells. */
  private CompletableFuture<?> send(Job job, DownloadProgressed what) {
    return announcer.announce(
        Announcement.of(Topics.DOWNLOAD_PROGRESSED, what.requestId().value(), what)
            .withTraceparent(Working.traceparent().or(job::traceparent)));
  }

  private static <T> T notThrough(Throwable failure) {
    LOG.debug("A progress record did not get through.", failure);
    throw new java.util.concurrent.CompletionException(failure);
  }
}
