package io.modeldepot.downloader.job;

import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.Optional;

/** Where a job is. What has to be done next follows from the state alone. */
public sealed interface JobState {

  /** The state's name in journals and records. */
  DownloadState name();

  /** The commit that the job is about, once it is known. */
  default Optional<CommitId> commit() {
    return Optional.empty();
  }

  /** A state that never changes. */
  sealed interface Final extends JobState {
    /** Why there is no version, where there is none. */
    default Optional<Problem> problem() {
      return Optional.empty();
    }
  }

  /** A state in which the commit is known and work is under way. */
  sealed interface AtCommit extends JobState {
    /** What is brought in. */
    CommitId at();

    @Override
    default Optional<CommitId> commit() {
      return Optional.of(at());
    }
  }

  /** Journaled, and nobody has begun. */
  record Requested() implements JobState {
    @Override
    public DownloadState name() {
      return DownloadState.REQUESTED;
    }
  }

  /**
   * Nothing can be done until a time, or until something happens.
   *
   * @param what what is waited for
   * @param due when to try again, or, while waiting for the catalog, when to give up
   * @param commit what the revision was resolved to, if it was
   * @param last what went wrong last
   */
  record Waiting(WaitingFor what, Instant due, Optional<CommitId> commit, Optional<Problem> last)
      implements JobState {
    @Override
    public DownloadState name() {
      return DownloadState.WAITING;
    }
  }

  /**
   * Which commit is meant? Resolved once: a later attempt keeps the commit.
   *
   * @param commit of an earlier attempt
   */
  record Resolving(Optional<CommitId> commit) implements JobState {
    @Override
    public DownloadState name() {
      return DownloadState.RESOLVING;
    }
  }

  /** May we, can we, and how much is it? */
  record Checking(CommitId at) implements AtCommit {
    @Override
    public DownloadState name() {
      return DownloadState.CHECKING;
    }
  }

  /** Bytes come in. */
  record Transferring(CommitId at) implements AtCommit {
    @Override
    public DownloadState name() {
      return DownloadState.TRANSFERRING;
    }
  }

  /** All bytes are verified; the version is put in its place. */
  record Publishing(CommitId at) implements AtCommit {
    @Override
    public DownloadState name() {
      return DownloadState.PUBLISHING;
    }
  }

  /** The version is in its place; the topic does not say so yet. */
  record Announcing(CommitId at) implements AtCommit {
    @Override
    public DownloadState name() {
      return DownloadState.ANNOUNCING;
    }
  }

  /**
   * Another job does the same; this one ends as that one ends.
   *
   * @param host the other job
   * @param commit what both are about
   */
  record Joined(RequestId host, Optional<CommitId> commit) implements JobState {
    @Override
    public DownloadState name() {
      return DownloadState.JOINED;
    }
  }

  /** A plan was asked for and made. */
  record Planned(CommitId at, DownloadPlan plan) implements AtCommit, Final {
    @Override
    public DownloadState name() {
      return DownloadState.PLANNED;
    }
  }

  /** Present, verified, announced. */
  record Done(CommitId at) implements AtCommit, Final {
    @Override
    public DownloadState name() {
      return DownloadState.DONE;
    }
  }

  /** There will be no version. */
  record Failed(Optional<CommitId> commit, Problem why) implements Final {
    @Override
    public DownloadState name() {
      return DownloadState.FAILED;
    }

    @Override
    public Optional<Problem> problem() {
      return Optional.of(why);
    }
  }

  /** Somebody did not want it any more. */
  record Cancelled(Optional<CommitId> commit) implements Final {
    @Override
    public DownloadState name() {
      return DownloadState.CANCELLED;
    }
  }

  /** Too old before anybody began. */
  record Expired(Problem why) implements Final {
    @Override
    public DownloadState name() {
      return DownloadState.EXPIRED;
    }

    @Override
    public Optional<Problem> problem() {
      return Optional.of(why);
    }
  }
}
