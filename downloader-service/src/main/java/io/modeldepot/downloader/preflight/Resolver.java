package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.fetch.Trouble;
import io.modeldepot.downloader.hub.Hub;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RepositoryRevision;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.peer.Peers;
import io.modeldepot.downloader.publish.Wishes;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.volume.call.FileCallFailed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The work of {@code resolving}: which commit is meant, and whether anything has to come in. */
@ApplicationScoped
public class Resolver implements Stage {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Catalog catalog;
  private final VolumeKeeper volume;
  private final Hub hub;
  private final Wishes wishes;
  private final Neighbours neighbours;
  private final TakingIn takeIn;
  private final PreflightSettings settings;
  private final Peers peers;
  private final Timekeeper time;

  @Inject
  Resolver(
      Catalog catalog,
      VolumeKeeper volume,
      Hub hub,
      Wishes wishes,
      Neighbours neighbours,
      TakeIn takeIn,
      PreflightSettings settings,
      Peers peers) {
    this(catalog, volume, hub, wishes, neighbours, takeIn, settings, peers, Timekeeper.system());
  }

  /** One that lives in a time of its own. */
  public Resolver(
      Catalog catalog,
      VolumeKeeper volume,
      Hub hub,
      Wishes wishes,
      Neighbours neighbours,
      TakingIn takeIn,
      PreflightSettings settings,
      Peers peers,
      Timekeeper time) {
    this.catalog = catalog;
    this.volume = volume;
    this.hub = hub;
    this.wishes = wishes;
    this.neighbours = neighbours;
    this.takeIn = takeIn;
    this.settings = settings;
    this.peers = peers;
    this.time = time;
  }

  /** The catalog's entry for what a job asks for, by model or else by repository. */
  public Optional<ModelDescribed> entry(Job job) {
    DownloadRequested command = job.command();
    return command
        .model()
        .flatMap(catalog::find)
        .or(() -> command.repository().flatMap(catalog::find))
        .or(() -> catalog.find(job.model()));
  }

  @Override
  public void work(Turn turn) throws IOException, InterruptedException {
    Optional<ModelDescribed> entry = entry(turn.job());
    if (entry.isEmpty()) {
      turn.happen(new JobEvent.CatalogSilent(time.now().plus(settings.catalogPatience())));
      return;
    }
    if (!Targets.isFor(turn.job().location(), turn.job().command(), entry.get())) {
      turn.happen(new JobEvent.NotForThisLocation());
      return;
    }
    if (turn.job().target().isEmpty()) {
      turn.note(
          job ->
              job.withModel(entry.get().model())
                  .withTarget(Targets.of(job.command(), entry.get())));
    }
    Shelf shelf = volume.await();
    DownloadSource source = turn.job().command().source().orElse(DownloadSource.HUB);
    if (source == DownloadSource.IMPORT || source == DownloadSource.ADOPT) {
      takeIn.work(turn, shelf, source);
      return;
    }
    Optional<CommitId> commit = source == DownloadSource.REPLICA ? near(turn) : Optional.empty();
    if (commit.isEmpty()) {
      commit = commit(turn);
    }
    if (commit.isPresent() && !waits(turn, entry.get(), commit.get())) {
      decide(turn, shelf, commit.get());
    }
  }

  /** The commit, if another location has it; what it says of the origin is kept. */
  private Optional<CommitId> near(Turn turn) throws IOException {
    CommitId wanted = CommitId.of(turn.job().target().orElseThrow().revision());
    Optional<ModelVerified> held = peers.holding(turn.job().model(), wanted);
    if (held.isPresent()) {
      turn.note(job -> job.withTarget(job.target().orElseThrow().withSource(held.get().source())));
    }
    return held.map(ModelVerified::commit);
  }

  /** Whether another location asks the hub for it, and this one waits for its copy. */
  private boolean waits(Turn turn, ModelDescribed entry, CommitId commit) throws IOException {
    Job job = turn.job();
    if (job.command().plan()
        || isForced(job)
        || isHere(job, commit)
        || job.tally().fetchedBytes() > 0
        || peers.holding(job.model(), commit).isPresent()) {
      return false;
    }
    Optional<LocationName> ahead = peers.ahead(entry, job.createdAt());
    if (ahead.isPresent()) {
      turn.happen(
          behind(
              commit,
              "Location %s fetches this version from the hub; it comes from there then."
                  .formatted(ahead.get())));
    }
    return ahead.isPresent();
  }

  /** The commit; empty if something happened instead. */
  private Optional<CommitId> commit(Turn turn) throws IOException {
    Job job = turn.job();
    Target target = job.target().orElseThrow();
    if (target.repository().isEmpty()) {
      turn.happen(
          new JobEvent.Refused(
              Problem.of(
                  ProblemCode.REPOSITORY_NOT_FOUND,
                  "The catalog knows no repository for %s: it came from a directory."
                      .formatted(job.model()))));
      return Optional.empty();
    }
    if (job.commit().isPresent() && target.source().isPresent()) {
      return job.commit();
    }
    if (target.isPinned()
        && !job.command().plan()
        && !isForced(job)
        && isHere(job, CommitId.of(target.revision()))) {
      // A rollback asks no hub.
      return Optional.of(CommitId.of(target.revision()));
    }
    return switch (hub.revision(target.repository().get(), target.revision(), turn.stop())) {
      case HubResult.Found<RepositoryRevision> found -> resolved(turn, found.value());
      case HubResult.Failed<RepositoryRevision> failed -> {
        if (!turn.stop().isCancelled()) {
          turn.happen(Trouble.at(failed.failure(), job, Bytes.NONE_CAME, time));
        }
        yield Optional.empty();
      }
    };
  }

  private static Optional<CommitId> resolved(Turn turn, RepositoryRevision said)
      throws IOException {
    if (said.disabled()) {
      turn.happen(
          new JobEvent.Refused(
              Problem.of(
                  ProblemCode.DISABLED,
                  "The hub has switched %s off.".formatted(said.repository()),
                  Map.of("endpoint", said.endpoint().toString()))));
      return Optional.empty();
    }
    Source source =
        new Source(
            SourceKind.HUB,
            Optional.of(said.endpoint().toString()),
            Optional.of(said.repository()),
            Optional.of(said.revision()),
            said.licence(),
            said.gated());
    turn.note(job -> job.withTarget(job.target().orElseThrow().withSource(source)));
    // Resolved once: a later attempt finds the commit in the journal.
    return turn.job().commit().or(() -> Optional.of(said.commit()));
  }

  /** Under the model's claim, so that of two jobs for one commit the second sees the first. */
  private void decide(Turn turn, Shelf shelf, CommitId commit)
      throws IOException, InterruptedException {
    Job job = turn.job();
    if (job.command().plan()) {
      turn.happen(new JobEvent.Resolved(commit));
      return;
    }
    boolean here = !isForced(job) && isHere(job, commit);
    JobEvent unused =
        shelf.underClaim(
            job.model(),
            claim -> {
              // Who stood still while the job was taken over and ended must not change what is
              // current: nobody would announce it.
              turn.claim().requireHeld();
              JobEvent event;
              if (here) {
                event = current(turn, shelf, claim, commit);
              } else if (job.target().flatMap(Target::source).isEmpty()) {
                event = vanished(job);
              } else {
                event =
                    neighbours
                        .at(shelf, job, commit)
                        .map(other -> beside(job, other, commit))
                        .orElseGet(() -> new JobEvent.Resolved(commit));
              }
              turn.happen(event);
              return event;
            });
  }

  /**
   * Makes it current. Where the volume refuses in the middle of that nobody can tell whether the
   * commit point was passed: a job that ended there would leave view and topic behind it. So it is
   * done again, as publishing is.
   */
  private JobEvent current(Turn turn, Shelf shelf, Claim claim, CommitId commit)
      throws IOException {
    try {
      Wishes.Outcome unused = wishes.makeCurrent(shelf, claim, turn.job().model(), commit);
      return new JobEvent.AlreadyHere(commit);
    } catch (FileCallFailed e) {
      shelf.store().volume().requireStillHere();
      claim.requireHeld();
      return Trouble.later(
          Problem.of(
              e.errno().noSpace() ? ProblemCode.NO_SPACE : ProblemCode.VOLUME_ERROR,
              "The volume refused while a version was made current: " + e.getMessage()),
          WaitingFor.SPACE,
          turn.job(),
          Bytes.NONE_CAME,
          Optional.empty(),
          time);
    }
  }

  /** It was here a moment ago, so no hub was asked. */
  private JobEvent vanished(Job job) {
    return new JobEvent.Setback(
        Problem.of(
            ProblemCode.NOT_PRESENT,
            "A version of %s was removed while it was made current.".formatted(job.model())),
        WaitingFor.SLOT,
        time.now().plus(LOOK_AGAIN),
        Bytes.NONE_CAME);
  }

  private JobEvent beside(Job job, Job other, CommitId commit) {
    boolean same =
        other.target().map(Target::selection).equals(job.target().map(Target::selection))
            && (isForced(other) || !isForced(job));
    if (same) {
      return new JobEvent.SameAsAnother(commit, other.id());
    }
    // The other's files are this one's too, once they are here.
    return behind(
        commit,
        "Job %s brings in another selection of the same version; this one comes next."
            .formatted(other.id()));
  }

  /** Somebody else brings it in first. */
  private JobEvent behind(CommitId commit, String why) {
    return new JobEvent.Setback(
        Problem.of(ProblemCode.IN_USE, why),
        WaitingFor.SLOT,
        time.now().plus(LOOK_AGAIN),
        Bytes.NONE_CAME,
        Optional.of(commit));
  }

  /** Whether a version with every selected file is on the volume. */
  private boolean isHere(Job job, CommitId commit) throws IOException {
    Shelf shelf = volume.shelf().orElseThrow(() -> new IOException("The volume is not here."));
    Optional<Manifest> manifest = shelf.store().versions().manifest(job.model(), commit);
    if (manifest.isEmpty()) {
      return false;
    }
    Set<String> present =
        manifest.get().presentFiles().stream()
            .map(ManifestFile::path)
            .collect(Collectors.toCollection(HashSet::new));
    List<String> wanted =
        SelectionRules.select(
            job.target().orElseThrow().selection(),
            manifest.get().files().stream().map(ManifestFile::path).toList());
    return present.containsAll(wanted)
        && shelf
            .store()
            .verifier()
            .verify(job.model(), commit, Verifier.Depth.NAMES, bytes -> {})
            .filter(report -> !report.damaged())
            .isPresent();
  }

  /** Whether it is a copy of what another location has. */
  static boolean isReplica(Job job) {
    return job.command().source().filter(it -> it == DownloadSource.REPLICA).isPresent();
  }

  static boolean isForced(Job job) {
    return job.command().force()
        || job.command().source().filter(it -> it == DownloadSource.REPAIR).isPresent();
  }
}
