package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Tally;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells of one job, at most once in a while; what was held back is told with the next tick. The end
 * is always told. Whoever calls holds the job's lock, but for the ends.
 */
final class Voice {
  private final JobTeller teller;
  private final String holder;
  private final long pauseNanos;
  private final Timekeeper time;
  private long toldAtNanos;
  private boolean told;
  private boolean heldBack;
  private @Nullable Tally last;
  private @Nullable JobState lastState;

  Voice(JobTeller teller, String holder, Duration pause, Timekeeper time) {
    this.teller = teller;
    this.holder = holder;
    this.pauseNanos = pause.toNanos();
    this.time = time;
  }

  /**
   * Tells now, or with the next tick. That it waits is told at once, and a try that may only lead
   * to more waiting is not: else of a job that looks again every second nobody would hear but the
   * looking.
   */
  Job tellSoon(Job job) {
    boolean waited = lastState instanceof JobState.Waiting;
    boolean waits = job.state() instanceof JobState.Waiting;
    boolean looks = waited && job.state() instanceof JobState.Resolving;
    boolean soonAgain = told && time.nanos() - toldAtNanos < pauseNanos;
    if (looks || (soonAgain && (waited || !waits))) {
      heldBack = true;
      return job;
    }
    return tellNow(job);
  }

  /** Tells if there is something new. */
  Job tick(Job job) {
    boolean news = heldBack || !job.tally().equals(last) || !job.state().equals(lastState);
    boolean due = !told || time.nanos() - toldAtNanos >= pauseNanos;
    return news && due ? tellNow(job) : job;
  }

  void tellEnd(Job job) throws IOException, InterruptedException {
    teller.tellEnd(job, holder);
  }

  void tellFailed(Job job, Problem why) throws IOException, InterruptedException {
    teller.tellFailed(job, why);
  }

  void tellLeft(Job job, RequestId who) {
    teller.tellLeft(job, who, holder);
  }

  /** Tells now. */
  Job tellNow(Job job) {
    Job next = job.told();
    teller.tell(next, holder, Optional.empty());
    told = true;
    toldAtNanos = time.nanos();
    heldBack = false;
    last = next.tally();
    lastState = next.state();
    return next;
  }
}
