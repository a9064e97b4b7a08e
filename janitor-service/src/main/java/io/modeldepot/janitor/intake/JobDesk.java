package io.modeldepot.janitor.intake;

import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.crew.Crew;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.JobBook;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.PayloadDigest;
import io.modeldepot.store.keep.VolumeKeeper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns commands into jobs on the volume. Taking a command twice is taking it once. */
@ApplicationScoped
public class JobDesk {
  private static final Logger LOG = Logger.getLogger(JobDesk.class);

  private final VolumeKeeper volume;
  private final JobTeller teller;
  private final Crew crew;

  @Inject
  JobDesk(VolumeKeeper volume, JobTeller teller, Crew crew) {
    this.volume = volume;
    this.teller = teller;
    this.crew = crew;
  }

  /** What became of a command. */
  enum Answer {
    /** It is durable, or was, or is none of this location's business. */
    TAKEN,
    /** Its id stands for another request. */
    ANOTHER_WITH_THIS_ID,
    /** Its id stands for a job whose journal is damaged, or of a newer version of this program. */
    UNREADABLE_JOB
  }

  /**
   * Takes a command in which nothing is wrong. When this returns it survives a crash.
   *
   * @throws IOException when the volume refuses; to be repeated
   */
  Answer take(CommandEnvelope<?> command, Asked asked, MaintenanceKind kind)
      throws IOException, InterruptedException {
    if (asked.location().filter(it -> !it.equals(volume.location())).isPresent()) {
      return Answer.TAKEN;
    }
    JobBook book = new JobBook(volume.await().store());
    Optional<MaintenanceJob> before;
    try {
      before = book.read(command.id());
    } catch (IllegalArgumentException e) {
      LOG.errorf("%s", e.getMessage());
      return Answer.UNREADABLE_JOB;
    }
    if (before.isPresent()) {
      book.makeDurable();
      if (!asksTheSame(before.get().asked(), asked)) {
        return Answer.ANOTHER_WITH_THIS_ID;
      }
      if (before.get().isOver()) {
        // Whoever asks again may have lost the answer, with the broker that had it.
        teller.tell(before.get());
      }
      return Answer.TAKEN;
    }
    Instant published = command.origin().publishedAt();
    MaintenanceJob job =
        MaintenanceJob.accepted(
            command.id(),
            kind,
            volume.location(),
            asked,
            published,
            published.plus(command.maxAge()),
            command.traceparent());
    book.write(job);
    LOG.infof("Job %s: %s", job.requestId(), asked.payload());
    teller.tell(job);
    crew.wake();
    return Answer.TAKEN;
  }

  private static boolean asksTheSame(Asked one, Asked other) {
    return one.payload().getClass() == other.payload().getClass()
        && PayloadDigest.of(one.payload()).equals(PayloadDigest.of(other.payload()));
  }
}
