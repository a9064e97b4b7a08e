package io.modeldepot.janitor.archive;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.cleanup.ClockWatch;
import io.modeldepot.janitor.cleanup.References;
import io.modeldepot.janitor.cleanup.Uses;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.janitor.site.SiteReader;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.archive.DamagedArchive;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.retire.Archive;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.survey.Surveyor;
import io.modeldepot.store.volume.call.FileCallFailed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Does what {@code archive} and {@code unarchive} ask for. */
@ApplicationScoped
public class Archiving implements Worker {
  /** A janitor that was killed holds its last claim until it has stood still long enough. */
  private static final Duration FOR_A_CLAIM = Duration.ofSeconds(100);

  private final KafkaConnection connection;
  private final ClockWatch clockWatch;
  private final Clock clock;

  @Inject
  Archiving(KafkaConnection connection, ClockWatch clockWatch, Clock clock) {
    this.connection = connection;
    this.clockWatch = clockWatch;
    this.clock = clock;
  }

  @Override
  public Lane lane() {
    return Lane.ARCHIVE;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked.cleanup().flatMap(CleanupDue::action).filter(Archiving::isOurs).isPresent();
  }

  private static boolean isOurs(CleanupAction action) {
    return action == CleanupAction.ARCHIVE || action == CleanupAction.UNARCHIVE;
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    ModelName model = command.model().orElseThrow();
    boolean away = command.action().filter(CleanupAction.ARCHIVE::equals).isPresent();
    ArchiveResult result = new ArchiveResult(away ? "archived" : "restored", model);
    try (SiteReader site = SiteReader.open(connection, job.location(), clock)) {
      // Whatever is decided is decided on everything that anybody was told before.
      site.requireUpToDate();
      return away
          ? archive(job, model, shelf, site, result, progress)
          : bringBack(job, model, shelf, site, result, progress);
    } catch (ModelBusy e) {
      return failed(ProblemCode.IN_USE, String.valueOf(e.getMessage()), result);
    } catch (DamagedArchive e) {
      return failed(ProblemCode.CHECKSUM_MISMATCH, String.valueOf(e.getMessage()), result);
    } catch (FileCallFailed e) {
      if (e.errno().noSpace()) {
        return failed(
            ProblemCode.NO_SPACE, "The volume has too little room for " + model + ".", result);
      }
      throw e;
    }
  }

  private Ending archive(
      MaintenanceJob job,
      ModelName model,
      Shelf shelf,
      SiteReader site,
      ArchiveResult result,
      Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    ModelStore store = shelf.store();
    List<CommitId> commits = toArchive(job, model, store, result);
    if (commits.isEmpty()) {
      return result.isEmpty() && command.commit().isEmpty()
          ? failed(ProblemCode.NOT_FOUND, "No version of " + model + " is here.", result)
          : nothing(command, model, store, result);
    }
    Optional<String> use = use(command, model, store, site);
    if (use.isPresent()) {
      return failed(ProblemCode.IN_USE, model + " is not archived: " + use.get() + ".", result);
    }
    if (command.dryRun()) {
      for (CommitId commit : commits) {
        result.planned(commit, bytes(store, model, commit));
      }
      return new Ending.Planned(result.planned());
    }
    Archive.Taking taking =
        new Archive.Taking(job.requestId(), "archived", site.site().retention().window());
    Counter counter = new Counter(progress, total(store, model, commits), commits.size());
    for (CommitId commit : commits) {
      Optional<String> now =
          shelf.underClaim(
              model,
              FOR_A_CLAIM,
              claim -> {
                site.requireUpToDate();
                Instant unused = clockWatch.requireSteady(store);
                Optional<String> why = use(command, model, store, site);
                if (why.isEmpty()) {
                  result.done(
                      store
                          .archive()
                          .take(claim, model, commit, taking, site.generation(model), counter));
                }
                return why;
              });
      now.ifPresent(why -> result.kept(commit, why));
    }
    return result.isEmpty()
        ? failed(ProblemCode.IN_USE, model + " is not archived: it came into use.", result)
        : new Ending.Done(result.map());
  }

  /** What is there, and what an attempt before this one has half taken away. */
  private static List<CommitId> toArchive(
      MaintenanceJob job, ModelName model, ModelStore store, ArchiveResult result)
      throws IOException {
    Optional<CommitId> asked = job.asked().cleanup().orElseThrow().commit();
    List<CommitId> commits = new ArrayList<>(store.versions().commits(model));
    for (CommitId commit : store.archive().shelf().commits(model)) {
      if (!commits.contains(commit)
          && store.trash().find(model, commit, job.requestId()).isPresent()) {
        commits.add(commit);
      } else if (!commits.contains(commit)) {
        result.kept(commit, "archived already");
      }
    }
    commits.removeIf(commit -> asked.filter(it -> !it.equals(commit)).isPresent());
    return commits;
  }

  private static Ending nothing(
      CleanupDue command, ModelName model, ModelStore store, ArchiveResult result)
      throws IOException {
    CommitId commit = command.commit().orElseThrow();
    return store.archive().shelf().find(model, commit).isPresent()
        ? new Ending.Done(result.map())
        : failed(
            ProblemCode.UNKNOWN_VERSION, model + "@" + commit + " is not on this volume.", result);
  }

  /** Why it may not go; with a commit that version alone is looked at, else the whole model. */
  private Optional<String> use(
      CleanupDue command, ModelName model, ModelStore store, SiteReader site) throws IOException {
    Surveyor surveyor = store.surveyor();
    Instant volumes = store.volumesNow();
    Instant machines = site.site().now();
    Uses uses =
        Uses.of(
            site.site(), References.now(store), volumes.isBefore(machines) ? volumes : machines);
    List<Survey.Version> versions = surveyor.versions(model);
    if (command.commit().isEmpty()) {
      return uses.ofModel(model, versions);
    }
    CommitId commit = command.commit().get();
    boolean current = versions.stream().anyMatch(it -> it.commit().equals(commit) && it.current());
    return uses.ofVersion(model, commit, current);
  }

  private static Ending bringBack(
      MaintenanceJob job,
      ModelName model,
      Shelf shelf,
      SiteReader site,
      ArchiveResult result,
      Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    ModelStore store = shelf.store();
    List<ArchivedVersion> entries = new ArrayList<>();
    List<String> damage = new ArrayList<>();
    for (CommitId commit : store.archive().shelf().commits(model)) {
      if (command.commit().filter(it -> !it.equals(commit)).isEmpty()) {
        try {
          store.archive().shelf().readable(model, commit).ifPresent(entries::add);
        } catch (DamagedArchive e) {
          result.kept(commit, String.valueOf(e.getMessage()));
          damage.add(String.valueOf(e.getMessage()));
        }
      }
    }
    if (entries.isEmpty() && damage.isEmpty()) {
      return failed(ProblemCode.NOT_FOUND, "The archive has nothing of it.", result);
    }
    if (command.dryRun()) {
      entries.forEach(it -> result.planned(it.manifest().commit(), it.rawBytes()));
      return new Ending.Planned(result.planned());
    }
    long needed = entries.stream().mapToLong(ArchivedVersion::rawBytes).sum();
    long free = store.space().balance().freeBytes();
    if (needed > free) {
      return new Ending.Failed(
          Problem.of(
              ProblemCode.NO_SPACE,
              "%s needs %d bytes and the volume has %d.".formatted(model, needed, free),
              Map.of("neededBytes", needed, "freeBytes", free)));
    }
    Archive.Taking taking =
        new Archive.Taking(job.requestId(), "brought back", site.site().retention().window());
    Counter counter = new Counter(progress, needed, entries.size());
    for (ArchivedVersion entry : entries) {
      CommitId commit = entry.manifest().commit();
      result.done(
          shelf.underClaim(
              model,
              FOR_A_CLAIM,
              claim ->
                  store
                      .archive()
                      .bringBack(claim, model, commit, taking, site.generation(model), counter)));
    }
    return damage.isEmpty()
        ? new Ending.Done(result.map())
        : new Ending.Failed(
            Problem.of(ProblemCode.CHECKSUM_MISMATCH, damage.getFirst()), result.map());
  }

  private static long total(ModelStore store, ModelName model, List<CommitId> commits)
      throws IOException {
    long total = 0;
    for (CommitId commit : commits) {
      total += bytes(store, model, commit);
    }
    return total;
  }

  private static long bytes(ModelStore store, ModelName model, CommitId commit) throws IOException {
    Optional<Manifest> manifest = store.versions().manifest(model, commit);
    return manifest.stream()
        .flatMap(it -> it.presentFiles().stream())
        .mapToLong(ManifestFile::sizeBytes)
        .sum();
  }

  private static Ending failed(ProblemCode code, String why, ArchiveResult result) {
    return new Ending.Failed(Problem.of(code, why), result.isEmpty() ? Map.of() : result.map());
  }

  /** Tells how far it is, as bytes are packed or unpacked. */
  private static final class Counter implements LongConsumer {
    private final Consumer<Progress> progress;
    private final long total;
    private final int items;
    private long done;

    Counter(Consumer<Progress> progress, long total, int items) {
      this.progress = progress;
      this.total = total;
      this.items = items;
    }

    @Override
    public void accept(long bytes) {
      done += bytes;
      progress.accept(new Progress(Math.min(done, total), total, items));
    }
  }
}
