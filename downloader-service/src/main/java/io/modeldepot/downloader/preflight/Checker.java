package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.fetch.Listing;
import io.modeldepot.downloader.fetch.Parts;
import io.modeldepot.downloader.fetch.Trouble;
import io.modeldepot.downloader.hub.Access;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.peer.Peers;
import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Source;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The work of {@code checking}: may we, can we, how much is it, and is there room. */
@ApplicationScoped
public class Checker implements Stage {
  private final HubClient hub;
  private final VolumeKeeper volume;
  private final PreflightSettings settings;
  private final PlanMaker plans;
  private final Peers peers;
  private final Trust trust;

  @Inject
  Checker(
      HubClient hub,
      VolumeKeeper volume,
      PreflightSettings settings,
      PlanMaker plans,
      Peers peers,
      Trust trust) {
    this.hub = hub;
    this.volume = volume;
    this.settings = settings;
    this.plans = plans;
    this.peers = peers;
    this.trust = trust;
  }

  @Override
  public void work(Turn turn) throws IOException, InterruptedException {
    if (!(turn.job().state() instanceof JobState.Checking checking)) {
      throw new IllegalStateException("Not checking: " + turn.job().state());
    }
    Shelf shelf = volume.await();
    Optional<Listing> asked = listing(turn, shelf, checking.at());
    if (asked.isEmpty()) {
      return;
    }
    Listing listing = asked.get();
    Source source = turn.job().target().flatMap(Target::source).orElseThrow();
    Optional<Problem> refusal =
        Refusals.licence(source, settings.refusedLicences().orElseGet(List::of))
            .or(() -> Refusals.names(listing))
            .or(() -> Refusals.size(listing))
            .or(() -> unsigned(turn.job(), listing));
    if (refusal.isPresent()) {
      turn.happen(new JobEvent.Refused(refusal.get()));
      return;
    }
    if (!mayRead(turn)) {
      return;
    }
    select(turn, shelf, listing);
    if (turn.job().files().isEmpty()) {
      turn.happen(new JobEvent.Refused(Refusals.nothingSelected(listing)));
      return;
    }
    if (turn.job().command().plan()) {
      plans.make(turn, shelf, checking.at());
      return;
    }
    listing.keep(shelf.store().volume().calls(), turn.claim());
    reserve(turn, shelf);
  }

  /** What was published once may be mended. */
  private Optional<Problem> unsigned(Job job, Listing listing) {
    return job.command().source().filter(it -> it == DownloadSource.REPAIR).isPresent()
        ? Optional.empty()
        : trust
            .publishers()
            .refusal(job.model(), listing.files().stream().map(Listing.Entry::path).toList());
  }

  private Optional<Listing> listing(Turn turn, Shelf shelf, CommitId commit) throws IOException {
    FileCalls calls = shelf.store().volume().calls();
    Optional<Listing> kept = Listing.kept(calls, turn.claim(), commit);
    if (kept.isPresent()) {
      return kept;
    }
    if (Resolver.isReplica(turn.job())) {
      Optional<Listing> near = peers.holding(turn.job().model(), commit).map(Listing::of);
      if (near.isPresent()) {
        return near;
      }
      if (turn.job().target().flatMap(Target::repository).isEmpty()) {
        return gone(turn, commit);
      }
    }
    return switch (hub.files(repository(turn.job()), commit, turn.stop())) {
      case HubResult.Found<List<RepositoryFile>> found ->
          Optional.of(Listing.of(commit, found.value()));
      case HubResult.Failed<List<RepositoryFile>> failed -> {
        failed(turn, failed.failure());
        yield Optional.empty();
      }
    };
  }

  /** The only location that had it is gone, or has removed it. */
  private static Optional<Listing> gone(Turn turn, CommitId commit) throws IOException {
    turn.happen(
        Trouble.later(
            Problem.of(
                ProblemCode.NOT_PRESENT,
                "No living location has %s@%s, and it is at no hub."
                    .formatted(turn.job().model(), commit)),
            WaitingFor.HUB,
            turn.job(),
            Bytes.NONE_CAME,
            Optional.empty()));
    return Optional.empty();
  }

  /** The gate is asked where there is one; elsewhere the first file would tell as cheaply. */
  private boolean mayRead(Turn turn) throws IOException {
    Source source = turn.job().target().flatMap(Target::source).orElseThrow();
    if (source.gated().isEmpty()
        || Resolver.isReplica(turn.job())
            && peers.holding(turn.job().model(), turn.job().commit().orElseThrow()).isPresent()) {
      return true;
    }
    return switch (hub.access(repository(turn.job()), turn.stop())) {
      case HubResult.Found<Access> _ -> true;
      case HubResult.Failed<Access> failed -> {
        failed(turn, failed.failure());
        yield false;
      }
    };
  }

  private static void failed(Turn turn, HubFailure failure) throws IOException {
    if (!turn.stop().isCancelled()) {
      turn.happen(Trouble.at(failure, turn.job(), Bytes.NONE_CAME));
    }
  }

  /** Which files, and which of them are here already. What an earlier attempt brought in stays. */
  private static void select(Turn turn, Shelf shelf, Listing listing) throws IOException {
    if (!turn.job().files().isEmpty()) {
      return;
    }
    Job job = turn.job();
    boolean forced = Resolver.isForced(job);
    Contents contents = shelf.store().contents();
    Set<String> selected =
        new HashSet<>(
            SelectionRules.select(
                job.target().orElseThrow().selection(),
                listing.files().stream().map(Listing.Entry::path).toList()));
    List<JournalFile> files = new ArrayList<>();
    for (Listing.Entry entry : listing.files()) {
      if (selected.contains(entry.path())) {
        Optional<Contents.Found> here = forced ? Optional.empty() : find(contents, entry);
        files.add(
            here.map(found -> Parts.toReuse(entry, found))
                .orElse(Parts.toFetch(entry, files.size() + 1)));
      }
    }
    turn.note(it -> it.withFiles(files).withTally(JobJournal.tally(files, 0)));
  }

  private static Optional<Contents.Found> find(Contents contents, Listing.Entry entry)
      throws IOException {
    if (entry.sha256().isPresent()) {
      return contents.find(entry.sha256().get(), entry.sizeBytes());
    }
    return entry.gitSha1().isPresent()
        ? contents.find(entry.gitSha1().get(), entry.sizeBytes())
        : Optional.empty();
  }

  /** Allocates every part: from here on the space is ours, or the job has ended. */
  private static void reserve(Turn turn, Shelf shelf) throws IOException {
    List<JournalFile> toReserve = new ArrayList<>();
    FileCalls calls = shelf.store().volume().calls();
    long copies = 0;
    for (JournalFile file : turn.job().files()) {
      if (file.reused()) {
        copies += file.sizeBytes() < Layout.SMALL_BYTES ? file.sizeBytes() : 0;
      } else {
        // A small file is a part first and a copy in the tree then.
        copies += file.sizeBytes() < Layout.SMALL_BYTES ? file.sizeBytes() : 0;
        Path part = turn.claim().work().resolve(file.part().orElseThrow());
        if (calls.stat(part).isEmpty()) {
          toReserve.add(file);
        }
      }
    }
    long needed = copies + toReserve.stream().mapToLong(JournalFile::sizeBytes).sum();
    SpaceLedger.Balance balance = shelf.store().space().balance();
    if (needed > balance.freeBytes()) {
      turn.happen(noSpace(turn.job(), needed, balance));
      return;
    }
    turn.keep();
    try {
      for (JournalFile file : toReserve) {
        Path unused =
            shelf
                .store()
                .parts()
                .allocate(turn.claim(), file.part().orElseThrow(), file.sizeBytes());
      }
    } catch (FileCallFailed e) {
      if (!e.errno().noSpace()) {
        throw e;
      }
      turn.happen(noSpace(turn.job(), needed, shelf.store().space().balance()));
      return;
    }
    turn.happen(new JobEvent.Admitted());
  }

  /** Refused before the first byte; what came in before the disk filled up is waited with. */
  private static JobEvent noSpace(Job job, long needed, SpaceLedger.Balance balance) {
    Problem why = Refusals.noSpace(job, needed, balance);
    return job.tally().fetchedBytes() > 0
        ? Trouble.noSpace(why, Bytes.NONE_CAME)
        : new JobEvent.Refused(why);
  }

  private static RepositoryId repository(Job job) {
    return job.target().flatMap(Target::repository).orElseThrow();
  }
}
