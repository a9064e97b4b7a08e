package io.modeldepot.downloader.job;

import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.Optional;

/** What can happen to a job. */
public sealed interface JobEvent {

  /** A downloader began with a job that nobody had begun. */
  record Claimed() implements JobEvent {}

  /** The time of waiting is over, or what was waited for is there. */
  record RetryDue() implements JobEvent {}

  /** The revision stands for this commit, and it has to be brought in. */
  record Resolved(CommitId commit) implements JobEvent {}

  /** The revision stands for this commit, which is present, verified and current. */
  record AlreadyHere(CommitId commit) implements JobEvent {}

  /**
   * Another job brings this commit in.
   *
   * @param host that job
   */
  record SameAsAnother(CommitId commit, RequestId host) implements JobEvent {}

  /**
   * The catalog says nothing of the model yet.
   *
   * @param giveUpAt when that is final
   */
  record CatalogSilent(Instant giveUpAt) implements JobEvent {}

  /** The catalog gives the model to other locations only. */
  record NotForThisLocation() implements JobEvent {}

  /** Only a plan was asked for; here it is. */
  record PlanMade(DownloadPlan plan) implements JobEvent {}

  /** Gate, licence, names are good and the space is reserved. */
  record Admitted() implements JobEvent {}

  /** No attempt can succeed. */
  record Refused(Problem why) implements JobEvent {}

  /**
   * It did not work and may work later.
   *
   * @param why what went wrong
   * @param what what is waited for
   * @param due when to try again
   * @param bytes whether anything came in since the last attempt
   * @param commit what the revision was resolved to, where that is not yet part of the state
   */
  record Setback(Problem why, WaitingFor what, Instant due, Bytes bytes, Optional<CommitId> commit)
      implements JobEvent {
    /** A setback that leaves what is known of the commit as it is. */
    public Setback(Problem why, WaitingFor what, Instant due, Bytes bytes) {
      this(why, what, due, bytes, Optional.empty());
    }
  }

  /** Whether an attempt brought anything. */
  enum Bytes {
    NONE_CAME,
    SOME_CAME
  }

  /** All attempts are spent, or the command is older than its age limit. */
  record Spent(Problem why) implements JobEvent {}

  /** A block is on the disk and in the journal. */
  record BlockWritten() implements JobEvent {}

  /** A complete file is not what it should be, for the first time. */
  record DigestWrong(String path) implements JobEvent {}

  /**
   * A complete file is again not what it should be.
   *
   * @param why names the file and both digests
   */
  record DigestWrongAgain(String path, Problem why) implements JobEvent {}

  /** A file changed at the hub while it came in; the revision is a branch or a tag. */
  record BranchMoved(String path) implements JobEvent {}

  /** A file changed at the hub although the revision is a commit. */
  record CommitChanged(Problem why) implements JobEvent {}

  /** Every selected file is here and is what it should be. */
  record AllVerified() implements JobEvent {}

  /** {@code current.json} is replaced and the views are swapped. */
  record Published() implements JobEvent {}

  /** The broker has the record, and the volume still says what it says. */
  record Acknowledged() implements JobEvent {}

  /** Somebody wants the job to end, and nobody else shares it. */
  record CancelSeen() implements JobEvent {}

  /** This process has the claim of a job that another holding had begun. */
  record TakenOver() implements JobEvent {}

  /** This process ends. */
  record ShutDown() implements JobEvent {}

  /**
   * The job that this one joined has ended.
   *
   * @param as how; empty if nothing is known of it any more
   */
  record HostEnded(Optional<JobState.Final> as) implements JobEvent {}
}
