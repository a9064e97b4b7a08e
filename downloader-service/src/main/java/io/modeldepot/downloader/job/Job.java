package io.modeldepot.downloader.job;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.journal.JournalFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A download job at one moment. Cannot be changed; every change is another job.
 *
 * @param id under which it was asked for and is journaled
 * @param requestIds who wants it; its own id is missing once that request alone was cancelled
 * @param command what was asked
 * @param model which model
 * @param location where
 * @param target what is brought in, once known
 * @param state where it is
 * @param attempt counts from 1; begins anew whenever bytes came in
 * @param sequence only rises
 * @param tally how far it is
 * @param files once checked
 * @param createdAt when it was asked for
 * @param expiresAt when it is too old to be begun
 * @param traceparent of the request, in the form of W3C Trace Context
 */
public record Job(
    RequestId id,
    List<RequestId> requestIds,
    DownloadRequested command,
    ModelName model,
    LocationName location,
    Optional<Target> target,
    JobState state,
    int attempt,
    long sequence,
    Tally tally,
    List<JournalFile> files,
    Instant createdAt,
    Instant expiresAt,
    Optional<String> traceparent) {

  /** How many attempts without a byte are made. */
  public static final int MAX_ATTEMPTS = 10;

  /** After a takeover nobody knows what the predecessor announced last; it was less than this. */
  private static final long SEQUENCES_PER_HOLDER = 1_000_000;

  public Job {
    requestIds = List.copyOf(requestIds);
    files = List.copyOf(files);
  }

  /** A job as it is asked for. */
  public static Job requested(
      RequestId id,
      DownloadRequested command,
      ModelName model,
      LocationName location,
      Instant createdAt,
      Instant expiresAt,
      Optional<String> traceparent) {
    return new Job(
        id,
        List.of(id),
        command,
        model,
        location,
        Optional.empty(),
        new JobState.Requested(),
        0,
        0,
        Tally.NOTHING,
        List.of(),
        createdAt,
        expiresAt,
        traceparent);
  }

  /**
   * A step of the machine, with everything that goes with it.
   *
   * @param job afterwards
   * @param effects to be done, in order
   */
  public record Decision(Job job, List<Effect> effects) {
    public Decision {
      effects = List.copyOf(effects);
    }
  }

  /**
   * What becomes of the job; empty if the event came too late.
   *
   * @throws IllegalStateException if this cannot happen in this state
   */
  public Optional<Decision> next(JobEvent event) {
    return switch (JobMachine.next(state, event)) {
      case Step.Taken taken ->
          Optional.of(new Decision(after(event).in(taken.state()), taken.effects()));
      case Step.TooLate _ -> Optional.empty();
      case Step.NotPossible _ ->
          throw new IllegalStateException("Job " + id + " is in " + state + ", no " + event);
    };
  }

  private Job after(JobEvent event) {
    return switch (event) {
      case JobEvent.Claimed _ -> withAttempt(1);
      case JobEvent.TakenOver _ ->
          withSequence((sequence / SEQUENCES_PER_HOLDER + 1) * SEQUENCES_PER_HOLDER);
      case JobEvent.Setback setback when setback.bytes() == JobEvent.Bytes.SOME_CAME ->
          withAttempt(1);
      // Waiting for one's turn is no attempt.
      case JobEvent.Setback setback when setback.what() != WaitingFor.SLOT ->
          withAttempt(attempt + 1);
      default -> this;
    };
  }

  /** Whether as many attempts failed as are made. */
  public boolean attemptsSpent() {
    return attempt > MAX_ATTEMPTS;
  }

  /** Whether it ends when its own request is cancelled: nobody else wants it. */
  public boolean isWantedOnlyBy(Collection<RequestId> ids) {
    return ids.containsAll(requestIds);
  }

  /** What it is about, once known. */
  public Optional<CommitId> commit() {
    return state.commit();
  }

  /** The id under which progress is told: the first of those who still want it. */
  public RequestId voice() {
    return requestIds.isEmpty() ? id : requestIds.getFirst();
  }

  /** The same job, wanted by these too. */
  public Job sharedWith(Collection<RequestId> others) {
    List<RequestId> all = new ArrayList<>(requestIds);
    others.stream().filter(other -> !all.contains(other)).forEach(all::add);
    return withRequestIds(all);
  }

  /** The same job, not wanted by these any more. */
  public Job leftBy(Collection<RequestId> others) {
    return withRequestIds(requestIds.stream().filter(id -> !others.contains(id)).toList());
  }

  /** The same job, announced once more. */
  public Job told() {
    return withSequence(sequence + 1);
  }

  private Job in(JobState other) {
    return copy(requestIds, target, other, attempt, sequence, tally, files);
  }

  private Job withRequestIds(List<RequestId> others) {
    return copy(others, target, state, attempt, sequence, tally, files);
  }

  private Job withAttempt(int number) {
    return copy(requestIds, target, state, number, sequence, tally, files);
  }

  private Job withSequence(long number) {
    return copy(requestIds, target, state, attempt, number, tally, files);
  }

  /** The same job with its target known. */
  public Job withTarget(Target known) {
    return copy(requestIds, Optional.of(known), state, attempt, sequence, tally, files);
  }

  /** The same job, so far. */
  public Job withTally(Tally now) {
    return copy(requestIds, target, state, attempt, sequence, now, files);
  }

  /** The same job with these files. */
  public Job withFiles(List<JournalFile> now) {
    return copy(requestIds, target, state, attempt, sequence, tally, now);
  }

  /** The same job under the catalog's name. */
  public Job withModel(ModelName known) {
    return new Job(
        id,
        requestIds,
        command,
        known,
        location,
        target,
        state,
        attempt,
        sequence,
        tally,
        files,
        createdAt,
        expiresAt,
        traceparent);
  }

  private Job copy(
      List<RequestId> requestIds,
      Optional<Target> target,
      JobState state,
      int attempt,
      long sequence,
      Tally tally,
      List<JournalFile> files) {
    return new Job(
        id,
        requestIds,
        command,
        model,
        location,
        target,
        state,
        attempt,
        sequence,
        tally,
        files,
        createdAt,
        expiresAt,
        traceparent);
  }
}
