package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.Problem;
import java.time.Duration;
import java.util.Optional;

/** What a failure means to a job: a setback with a time to try again, or the end. */
public final class Trouble {
  private static final Duration LOOK_FOR_SPACE = Duration.ofSeconds(30);

  /** A hub's windows are minutes long; who asks for more is asked again after so long. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private Trouble() {}

  /** A hub's failure. */
  public static JobEvent at(HubFailure failure, Job job, Bytes bytes) {
    return at(failure, job, bytes, Timekeeper.system());
  }

  /** The same in a time of its own. */
  public static JobEvent at(HubFailure failure, Job job, Bytes bytes, Timekeeper time) {
    return failure.isTransient()
        ? later(failure.problem(), WaitingFor.HUB, job, bytes, failure.retryAfter(), time)
        : new JobEvent.Refused(failure.problem());
  }

  /** Something that may be better later: full jitter, unless somebody said when. */
  public static JobEvent later(
      Problem why, WaitingFor what, Job job, Bytes bytes, Optional<Duration> asked) {
    return later(why, what, job, bytes, asked, Timekeeper.system());
  }

  /** The same in a time of its own. */
  public static JobEvent later(
      Problem why,
      WaitingFor what,
      Job job,
      Bytes bytes,
      Optional<Duration> asked,
      Timekeeper time) {
    int failures = bytes == Bytes.SOME_CAME ? 1 : Math.max(1, job.attempt());
    Optional<Duration> atMost =
        asked.map(wait -> wait.compareTo(LONGEST_ASKED) < 0 ? wait : LONGEST_ASKED);
    Duration wait = Backoff.STANDARD.delay(failures, atMost, time.random());
    return new JobEvent.Setback(why, what, time.now().plus(wait), bytes);
  }

  /** The disk is full while bytes come in: somebody may clean up. */
  public static JobEvent noSpace(Problem why, Bytes bytes) {
    return noSpace(why, bytes, Timekeeper.system());
  }

  /** The same in a time of its own. */
  public static JobEvent noSpace(Problem why, Bytes bytes, Timekeeper time) {
    return new JobEvent.Setback(why, WaitingFor.SPACE, time.now().plus(LOOK_FOR_SPACE), bytes);
  }
}
