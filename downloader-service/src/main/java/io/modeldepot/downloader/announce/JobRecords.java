package io.modeldepot.downloader.announce;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Tally;
import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job as records. Pure. */
final class JobRecords {
  private JobRecords() {}

  /** How a job is. */
  static DownloadProgressed progressed(
      Job job, String holder, Optional<WaitingFor> waitingFor, Instant now) {
    JobState state = job.state();
    Tally tally = job.tally();
    Optional<Problem> error =
        switch (state) {
          case JobState.Final ended -> ended.problem();
          case JobState.Waiting waiting -> waiting.last();
          default -> Optional.empty();
        };
    List<RequestId> all =
        state instanceof JobState.Joined ? List.of(job.id()) : nonEmpty(job.requestIds(), job.id());
    return new DownloadProgressed(
        job.voice(),
        job.model(),
        job.location(),
        job.commit(),
        state.name(),
        Math.max(1, job.attempt()),
        job.sequence(),
        holder,
        tally.totalBytes(),
        tally.doneBytes(),
        tally.reusedBytes(),
        tally.fetchedBytes(),
        tally.filesTotal(),
        tally.filesDone(),
        tally.rateBytesPerSecond(),
        tally.etaSeconds(),
        tally.inFlight(),
        state instanceof JobState.Waiting waiting ? Optional.of(waiting.what()) : waitingFor,
        state instanceof JobState.Planned planned ? Optional.of(planned.plan()) : Optional.empty(),
        error,
        all,
        now);
  }

  /** That one of several requests was cancelled; the job goes on for the others. */
  static DownloadProgressed left(Job job, RequestId who, String holder, Instant now) {
    return new DownloadProgressed(
        who,
        job.model(),
        job.location(),
        job.commit(),
        DownloadState.CANCELLED,
        Math.max(1, job.attempt()),
        job.sequence(),
        holder,
        job.tally().totalBytes(),
        job.tally().doneBytes(),
        job.tally().reusedBytes(),
        job.tally().fetchedBytes(),
        job.tally().filesTotal(),
        job.tally().filesDone(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(who),
        now);
  }

  /** That there will be no version. */
  static DownloadFailed failed(Job job, Problem why, Instant now) {
    Map<String, Object> facts = why.evidence();
    return new DownloadFailed(
        job.voice(),
        nonEmpty(job.requestIds(), job.id()),
        job.model(),
        job.location(),
        why.about(job.model().value()),
        text(facts, "file"),
        text(facts, "expected"),
        text(facts, "actual"),
        facts.get("httpStatus") instanceof Number status
            ? Optional.of(status.intValue())
            : Optional.empty(),
        text(facts, "hubErrorCode"),
        now);
  }

  private static Optional<String> text(Map<String, Object> facts, String name) {
    return Optional.ofNullable(facts.get(name)).map(Object::toString);
  }

  private static List<RequestId> nonEmpty(List<RequestId> ids, RequestId own) {
    return ids.isEmpty() ? List.of(own) : ids;
  }
}
