package io.modeldepot.downloader.job;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A job as its journal, and back: what is read is what was written. */
public final class JobJournal {
  private static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

  private JobJournal() {}

  /** What is written. */
  public static Journal of(Job job, String holder, Instant now) {
    JobState state = job.state();
    Optional<JobState.Waiting> waiting =
        state instanceof JobState.Waiting it ? Optional.of(it) : Optional.empty();
    Optional<Problem> problem =
        state instanceof JobState.Final ended
            ? ended.problem()
            : waiting.flatMap(JobState.Waiting::last);
    return new Journal(
        Journal.FORMAT,
        job.id(),
        job.requestIds(),
        job.command(),
        job.model(),
        job.location(),
        job.target().map(Target::family),
        job.target().flatMap(Target::repository),
        job.target().map(Target::revision),
        job.commit(),
        state.name(),
        waiting.map(JobState.Waiting::what),
        state instanceof JobState.Joined joined ? Optional.of(joined.host()) : Optional.empty(),
        job.attempt(),
        job.sequence(),
        holder,
        job.tally().totalBytes(),
        job.tally().doneBytes(),
        job.tally().reusedBytes(),
        job.tally().fetchedBytes(),
        job.files(),
        waiting.map(JobState.Waiting::due),
        problem,
        job.target().flatMap(Target::source),
        job.target().map(Target::selection),
        state instanceof JobState.Planned planned ? Optional.of(planned.plan()) : Optional.empty(),
        Optional.of(job.expiresAt()),
        job.traceparent(),
        job.createdAt(),
        now);
  }

  /**
   * The job that a journal is of.
   *
   * @throws IllegalArgumentException if the journal says of its state what cannot be
   */
  public static Job read(Journal journal) {
    Optional<Target> target =
        journal
            .family()
            .map(
                family ->
                    new Target(
                        family,
                        journal.repository(),
                        required(journal.revision(), "revision"),
                        required(journal.selection(), "selection"),
                        journal.source()));
    return new Job(
        journal.requestId(),
        journal.requestIds(),
        journal.command(),
        journal.model(),
        journal.location(),
        target,
        state(journal),
        journal.attempt(),
        journal.sequence(),
        tally(journal),
        journal.files(),
        journal.createdAt(),
        journal.expiresAt().orElseGet(() -> journal.createdAt().plus(DEFAULT_MAX_AGE)),
        journal.traceparent());
  }

  /**
   * Whether a job is in a final state. Of a state that only a newer version of this program knows
   * the answer is no: who holds such a job knows better.
   */
  public static boolean isOver(Journal journal) {
    return switch (journal.state()) {
      case PLANNED, DONE, FAILED, CANCELLED, EXPIRED -> true;
      case REQUESTED,
          WAITING,
          RESOLVING,
          CHECKING,
          TRANSFERRING,
          PUBLISHING,
          ANNOUNCING,
          JOINED,
          UNKNOWN ->
          false;
    };
  }

  private static JobState state(Journal journal) {
    return switch (journal.state()) {
      case REQUESTED -> new JobState.Requested();
      case WAITING ->
          new JobState.Waiting(
              journal.waitingFor().orElse(WaitingFor.HUB),
              journal.retryAt().orElse(journal.updatedAt()),
              journal.commit(),
              journal.problem());
      case RESOLVING -> new JobState.Resolving(journal.commit());
      case CHECKING -> new JobState.Checking(commit(journal));
      case TRANSFERRING -> new JobState.Transferring(commit(journal));
      case PUBLISHING -> new JobState.Publishing(commit(journal));
      case ANNOUNCING -> new JobState.Announcing(commit(journal));
      case JOINED ->
          new JobState.Joined(required(journal.joinedTo(), "joinedTo"), journal.commit());
      case PLANNED -> new JobState.Planned(commit(journal), required(journal.plan(), "plan"));
      case DONE -> new JobState.Done(commit(journal));
      case FAILED -> new JobState.Failed(journal.commit(), problem(journal));
      case CANCELLED -> new JobState.Cancelled(journal.commit());
      case EXPIRED -> new JobState.Expired(problem(journal));
      case UNKNOWN ->
          throw new IllegalArgumentException(
              "The journal of " + journal.requestId() + " is of a newer version of this program.");
    };
  }

  private static Problem problem(Journal journal) {
    return journal
        .problem()
        .orElseGet(
            () ->
                Problem.of(
                    journal.state() == DownloadState.EXPIRED
                        ? ProblemCode.EXPIRED
                        : ProblemCode.INTERNAL,
                    "The journal does not say why."));
  }

  private static Tally tally(Journal journal) {
    return Tally.still(
        journal.totalBytes(),
        journal.doneBytes(),
        journal.reusedBytes(),
        journal.fetchedBytes(),
        journal.files().size(),
        (int) journal.files().stream().filter(JobJournal::complete).count());
  }

  /** Whether nothing of a file is missing any more. */
  public static boolean complete(JournalFile file) {
    return file.reused()
        || file.blocksDone().orElse(BlockRanges.NONE).count() == blocks(file.sizeBytes());
  }

  /** How many blocks a file of this length has. */
  public static int blocks(long sizeBytes) {
    return Math.toIntExact((sizeBytes + Blocks.SIZE_BYTES - 1) / Blocks.SIZE_BYTES);
  }

  /** Bytes of one block of a file of this length. */
  public static long blockBytes(long sizeBytes, int block) {
    return Math.min(Blocks.SIZE_BYTES, sizeBytes - (long) block * Blocks.SIZE_BYTES);
  }

  /** Bytes of a file that are on the volume. */
  public static long doneBytes(JournalFile file) {
    return file.reused()
        ? file.sizeBytes()
        : file.blocksDone().orElse(BlockRanges.NONE).stream()
            .mapToLong(block -> blockBytes(file.sizeBytes(), block))
            .sum();
  }

  /** What the files say of how far a job is. */
  public static Tally tally(List<JournalFile> files, long fetchedBytes) {
    return Tally.still(
        files.stream().mapToLong(JournalFile::sizeBytes).sum(),
        files.stream().mapToLong(JobJournal::doneBytes).sum(),
        files.stream().filter(JournalFile::reused).mapToLong(JournalFile::sizeBytes).sum(),
        fetchedBytes,
        files.size(),
        (int) files.stream().filter(JobJournal::complete).count());
  }

  private static CommitId commit(Journal journal) {
    return required(journal.commit(), "commit");
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private static <T> T required(Optional<T> value, String name) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("The journal lacks \"" + name + "\"."));
  }
}
