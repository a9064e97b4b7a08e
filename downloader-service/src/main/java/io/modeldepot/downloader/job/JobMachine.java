package io.modeldepot.downloader.job;

import io.modeldepot.downloader.job.JobEvent.AlreadyHere;
import io.modeldepot.downloader.job.JobEvent.Setback;
import io.modeldepot.downloader.job.JobState.Announcing;
import io.modeldepot.downloader.job.JobState.AtCommit;
import io.modeldepot.downloader.job.JobState.Cancelled;
import io.modeldepot.downloader.job.JobState.Checking;
import io.modeldepot.downloader.job.JobState.Done;
import io.modeldepot.downloader.job.JobState.Expired;
import io.modeldepot.downloader.job.JobState.Failed;
import io.modeldepot.downloader.job.JobState.Final;
import io.modeldepot.downloader.job.JobState.Joined;
import io.modeldepot.downloader.job.JobState.Planned;
import io.modeldepot.downloader.job.JobState.Publishing;
import io.modeldepot.downloader.job.JobState.Requested;
import io.modeldepot.downloader.job.JobState.Resolving;
import io.modeldepot.downloader.job.JobState.Transferring;
import io.modeldepot.downloader.job.JobState.Waiting;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of the contract's section 3, as a pure function. The same function serves a living job
 * and one that was read from its journal: there the event is {@link JobEvent.TakenOver}.
 */
public final class JobMachine {
  private static final Step IMPOSSIBLE = new Step.NotPossible();

  private JobMachine() {}

  /** What becomes of a job in a state when an event happens. Total and without side effects. */
  public static Step next(JobState state, JobEvent event) {
    return switch (event) {
      case JobEvent.TakenOver _ -> takenOver(state);
      case JobEvent.ShutDown _ -> shutDown(state);
      case JobEvent.CancelSeen _ -> cancelled(state);
      case JobEvent.Refused refused -> refused(state, refused.why());
      case Setback setback -> setback(state, setback);
      case JobEvent.Spent spent -> spent(state, spent.why());
      case JobEvent.HostEnded ended -> hostEnded(state, ended.as());
      case JobEvent.Claimed _ ->
          state instanceof Requested ? goOn(new Resolving(Optional.empty())) : IMPOSSIBLE;
      case JobEvent.RetryDue _ ->
          state instanceof Waiting waiting ? goOn(new Resolving(waiting.commit())) : IMPOSSIBLE;
      case JobEvent.Resolved _,
          AlreadyHere _,
          JobEvent.SameAsAnother _,
          JobEvent.CatalogSilent _,
          JobEvent.NotForThisLocation _ ->
          state instanceof Resolving resolving ? whileResolving(resolving, event) : IMPOSSIBLE;
      case JobEvent.PlanMade made ->
          state instanceof Checking checking
              ? end(new Planned(checking.at(), made.plan()))
              : IMPOSSIBLE;
      case JobEvent.Admitted _ ->
          state instanceof Checking checking ? goOn(new Transferring(checking.at())) : IMPOSSIBLE;
      case JobEvent.BlockWritten _,
          JobEvent.DigestWrong _,
          JobEvent.DigestWrongAgain _,
          JobEvent.BranchMoved _,
          JobEvent.CommitChanged _,
          JobEvent.AllVerified _ ->
          state instanceof Transferring transferring
              ? whileTransferring(transferring, event)
              : IMPOSSIBLE;
      case JobEvent.Published _ ->
          state instanceof Publishing publishing
              ? goOn(new Announcing(publishing.at()))
              : IMPOSSIBLE;
      case JobEvent.Acknowledged _ ->
          state instanceof Announcing announcing ? end(new Done(announcing.at())) : IMPOSSIBLE;
    };
  }

  private static Step whileResolving(Resolving state, JobEvent event) {
    return switch (event) {
      case JobEvent.Resolved resolved -> goOn(new Checking(resolved.commit()));
      case AlreadyHere here -> goOn(new Announcing(here.commit()));
      // A joined job needs no holder: whoever looks next sees how its host is.
      case JobEvent.SameAsAnother same ->
          taken(
              new Joined(same.host(), Optional.of(same.commit())),
              new Effect.WriteJournal(),
              new Effect.TellProgress(),
              new Effect.Release());
      case JobEvent.CatalogSilent silent ->
          goOn(
              new Waiting(WaitingFor.CATALOG, silent.giveUpAt(), state.commit(), Optional.empty()));
      // Another location does this and tells about it; two voices under one id would contradict.
      case JobEvent.NotForThisLocation _ ->
          taken(new Cancelled(state.commit()), new Effect.WriteJournal(), new Effect.Dissolve());
      default -> IMPOSSIBLE;
    };
  }

  private static Step whileTransferring(Transferring state, JobEvent event) {
    return switch (event) {
      case JobEvent.BlockWritten _ -> new Step.Taken(state, List.of());
      case JobEvent.DigestWrong wrong ->
          taken(state, new Effect.StartAgain(wrong.path()), new Effect.WriteJournal());
      case JobEvent.BranchMoved moved ->
          taken(state, new Effect.StartAgain(moved.path()), new Effect.WriteJournal());
      case JobEvent.DigestWrongAgain wrong -> {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.SetAside(wrong.path(), wrong.why()));
        effects.addAll(ending(Optional.of(wrong.why())));
        yield new Step.Taken(new Failed(state.commit(), wrong.why()), effects);
      }
      case JobEvent.CommitChanged changed -> end(new Failed(state.commit(), changed.why()));
      case JobEvent.AllVerified _ -> goOn(new Publishing(state.at()));
      default -> IMPOSSIBLE;
    };
  }

  private static Step refused(JobState state, Problem why) {
    return switch (state) {
      case Waiting _, Resolving _, Checking _, Transferring _ ->
          end(new Failed(state.commit(), why));
      case Requested _, Publishing _, Announcing _, Joined _, Final _ -> IMPOSSIBLE;
    };
  }

  private static Step setback(JobState state, Setback setback) {
    return switch (state) {
      case Resolving _, Checking _, Transferring _ ->
          goOn(
              new Waiting(
                  setback.what(),
                  setback.due(),
                  state.commit().or(setback::commit),
                  Optional.of(setback.why())));
      case Publishing _, Announcing _ -> taken(state, new Effect.Pause(setback.due()));
      case Requested _, Waiting _, Joined _, Final _ -> IMPOSSIBLE;
    };
  }

  private static Step spent(JobState state, Problem why) {
    return switch (state) {
      case Requested _ -> end(new Expired(why));
      case Waiting waiting -> end(new Failed(waiting.commit(), why));
      case Resolving _, Checking _, Transferring _, Publishing _, Announcing _, Joined _, Final _ ->
          IMPOSSIBLE;
    };
  }

  private static Step cancelled(JobState state) {
    return switch (state) {
      case Requested _, Waiting _, Resolving _, Checking _, Transferring _, Joined _ ->
          end(new Cancelled(state.commit()));
      case Publishing _, Announcing _, Final _ -> new Step.TooLate();
    };
  }

  private static Step takenOver(JobState state) {
    return switch (state) {
      // The end was decided; whether all of it was told, nobody knows. Telling twice is harmless.
      case Final ended -> new Step.Taken(ended, ending(ended.problem()));
      case AtCommit _, Requested _, Waiting _, Resolving _, Joined _ ->
          new Step.Taken(state, List.of(new Effect.WriteJournal()));
    };
  }

  private static Step shutDown(JobState state) {
    return state instanceof Final
        ? IMPOSSIBLE
        : taken(state, new Effect.WriteJournal(), new Effect.Release());
  }

  private static Step hostEnded(JobState state, Optional<Final> as) {
    if (!(state instanceof Joined joined)) {
      return IMPOSSIBLE;
    }
    if (as.isEmpty()) {
      return goOn(new Requested());
    }
    return switch (as.get()) {
      // Its own request was cancelled; ours was not.
      case Cancelled _ -> goOn(new Requested());
      case Done done -> end(done);
      case Planned planned -> end(planned);
      case Failed failed -> end(new Failed(joined.commit(), failed.why()));
      case Expired expired -> end(expired);
    };
  }

  private static List<Effect> ending(Optional<Problem> why) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.WriteJournal());
    effects.add(new Effect.TellProgress());
    why.ifPresent(problem -> effects.add(new Effect.TellFailed(problem)));
    effects.add(new Effect.Dissolve());
    return effects;
  }

  private static Step end(Final state) {
    return new Step.Taken(state, ending(state.problem()));
  }

  private static Step goOn(JobState state) {
    return taken(state, new Effect.WriteJournal(), new Effect.TellProgress());
  }

  private static Step taken(JobState state, Effect... effects) {
    return new Step.Taken(state, List.of(effects));
  }
}
