package io.modeldepot.janitor.scrub;

import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.fact.FoundBy;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.RepairState;
import io.modeldepot.events.state.ModelChecked;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.restore.FromBackup;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.FileStat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What follows from what was found: damaged content leaves the cache, its repair is asked for where
 * that is wanted, and everybody is told.
 */
@ApplicationScoped
class Damage {
  private static final Logger LOG = Logger.getLogger(Damage.class);

  private final JobTeller facts;
  private final Served served;
  private final RepairRequests repairs;
  private final FromBackup fromBackup;
  private final ScrubMetrics metrics;
  private final VolumeKeeper volume;
  private final Clock clock;

  @Inject
  Damage(
      JobTeller facts,
      Served served,
      RepairRequests repairs,
      FromBackup fromBackup,
      ScrubMetrics metrics,
      VolumeKeeper volume,
      Clock clock) {
    this.facts = facts;
    this.served = served;
    this.repairs = repairs;
    this.fromBackup = fromBackup;
    this.metrics = metrics;
    this.volume = volume;
    this.clock = clock;
  }

  /** Something looked at. */
  interface Look<T> {
    /** Looks. */
    T at() throws IOException, InterruptedException;
  }

  /**
   * Looks at what became of a repair while none is being asked for, half noted and not yet left.
   */
  synchronized <T> T between(Look<T> look) throws IOException, InterruptedException {
    return look.at();
  }

  /** A whole version was read. */
  void read(Shelf shelf, VersionReport report, Cause cause)
      throws IOException, InterruptedException {
    Manifest manifest = report.manifest();
    ModelStore store = shelf.store();
    Instant volumesNow = store.volumesNow();
    // Whoever is told looks at the volume.
    store.damageMarks().set(manifest.model(), manifest.commit(), damaged(report.findings()));
    Repair repair = tell(shelf, manifest, report.findings(), cause);
    facts.tell(
        Topics.MODEL_CHECKED,
        volume.location() + "/" + manifest.model() + "/" + manifest.commit(),
        new ModelChecked(
            volume.location(),
            manifest.model(),
            manifest.commit(),
            clock.instant(),
            report.findings().stream().map(Diagnosis::words).toList()));
    new CheckBook(store)
        .write(
            manifest.model(),
            manifest.commit(),
            // What a backup brought is read again at once.
            CheckBook.Check.of(
                    repair.backup().isPresent() ? Instant.EPOCH : volumesNow, report.damaged())
                .repairedBy(repair.download()));
  }

  /** Some files of a version were looked at, and this was found. */
  void found(Shelf shelf, Manifest manifest, List<Finding> findings, Cause cause)
      throws IOException, InterruptedException {
    shelf.store().damageMarks().add(manifest.model(), manifest.commit(), damaged(findings));
    Repair unused = tell(shelf, manifest, findings, cause);
  }

  /** A manifest is not what it was. What it says of its version is not to be relied on. */
  void manifest(Shelf shelf, ManifestBook.Rotten rotten) throws IOException, InterruptedException {
    LOG.errorf(
        "%s@%s: %s. Restore the version from a backup, or remove it and download it again.",
        rotten.model(), rotten.commit(), rotten.why());
    metrics.corrupted(CorruptionKind.BITROT, false);
    corrupted(
        rotten.model(),
        rotten.commit(),
        rotten.path(),
        CorruptionKind.BITROT,
        List.of(),
        FoundBy.SCRUB,
        RepairState.NONE,
        served.by(shelf.store(), rotten.model(), rotten.commit()));
  }

  /**
   * An archived version was read. Nobody is served by one, and no download is a repair of it: it is
   * told, and a backup has it.
   */
  void archived(ModelName model, CommitId commit, List<ArchiveCheck.Damaged> found, Cause cause)
      throws IOException, InterruptedException {
    for (ArchiveCheck.Damaged damaged : found) {
      LOG.errorf(
          "%s@%s is damaged in the archive: %s: %s. Restore the version from a backup.",
          model, commit, damaged.path(), damaged.why());
      metrics.corrupted(CorruptionKind.BITROT, false);
      corrupted(
          model,
          commit,
          damaged.path(),
          CorruptionKind.BITROT,
          List.of(),
          cause.foundBy(),
          RepairState.NONE,
          List.of());
    }
    facts.tell(
        Topics.MODEL_CHECKED,
        volume.location() + "/" + model + "/" + commit,
        new ModelChecked(
            volume.location(),
            model,
            commit,
            clock.instant(),
            found.stream().map(Diagnosis::words).toList()));
  }

  /**
   * What repairs a version.
   *
   * @param download under way
   * @param backup that had everything, where no hub has the version
   */
  private record Repair(Optional<RequestId> download, Optional<String> backup) {
    static final Repair NONE = new Repair(Optional.empty(), Optional.empty());

    boolean isAny() {
      return download.isPresent() || backup.isPresent();
    }
  }

  private Repair tell(Shelf shelf, Manifest manifest, List<Finding> findings, Cause cause)
      throws IOException, InterruptedException {
    List<Finding> damage = findings.stream().filter(Finding::isDamage).toList();
    if (damage.isEmpty()) {
      return Repair.NONE;
    }
    ModelName model = manifest.model();
    CommitId commit = manifest.commit();
    List<String> servedTo = served.by(shelf.store(), model, commit);
    Map<String, CorruptionKind> kinds = new HashMap<>();
    Optional<RequestId> download = seenTo(shelf, manifest, damage, kinds, cause);
    Repair repair = new Repair(download, Optional.empty());
    if (download.isEmpty() && cause.repairs()) {
      repair = fromBackup(shelf, manifest, damage);
    }
    for (Finding finding : damage) {
      CorruptionKind kind = kinds.getOrDefault(finding.path(), CorruptionKind.BITROT);
      List<Integer> badBlocks =
          finding instanceof Finding.Altered altered ? altered.badBlocks() : List.of();
      metrics.corrupted(kind, repair.isAny());
      RepairState state = repair.isAny() ? RepairState.REQUESTED : RepairState.NONE;
      corrupted(model, commit, finding.path(), kind, badBlocks, cause.foundBy(), state, servedTo);
    }
    return repair;
  }

  /**
   * Takes damaged content out of the cache and asks for a download of it, one version at a time:
   * another look must not see a repair half noted.
   *
   * @param kinds filled with how each damage came about, which its date tells before it is moved
   */
  private synchronized Optional<RequestId> seenTo(
      Shelf shelf,
      Manifest manifest,
      List<Finding> damage,
      Map<String, CorruptionKind> kinds,
      Cause cause)
      throws IOException, InterruptedException {
    for (Finding finding : damage) {
      kinds.put(finding.path(), Diagnosis.kind(shelf.store(), manifest, finding));
    }
    for (Finding finding : damage) {
      leaveTheCache(shelf.store(), manifest, finding);
    }
    return cause.repairs() ? repairs.ask(shelf, manifest, damage) : Optional.empty();
  }

  /** Takes as long as a backup takes to be read, and holds nobody up. */
  private Repair fromBackup(Shelf shelf, Manifest manifest, List<Finding> damage)
      throws IOException, InterruptedException {
    List<String> paths = damage.stream().map(Finding::path).toList();
    List<ManifestFile> damaged =
        manifest.files().stream().filter(file -> paths.contains(file.path())).toList();
    return new Repair(Optional.empty(), fromBackup.bring(shelf, manifest, damaged));
  }

  private static List<String> damaged(List<Finding> findings) {
    return findings.stream().filter(Finding::isDamage).map(Finding::path).toList();
  }

  private void corrupted(
      ModelName model,
      CommitId commit,
      String path,
      CorruptionKind kind,
      List<Integer> badBlocks,
      FoundBy foundBy,
      RepairState repair,
      List<String> servedTo)
      throws IOException, InterruptedException {
    facts.tell(
        Topics.MODEL_CORRUPTED,
        model.value(),
        new ModelCorrupted(
            volume.location(),
            model,
            commit,
            path,
            kind,
            badBlocks,
            foundBy,
            repair,
            clock.instant(),
            servedTo,
            Optional.empty()));
  }

  /** A blob that is the same file would carry the damage into the next version. */
  private static void leaveTheCache(ModelStore store, Manifest manifest, Finding finding)
      throws IOException {
    if (!(finding instanceof Finding.Altered) && !(finding instanceof Finding.Unreadable)) {
      return;
    }
    Path file = store.layout().tree(manifest.model(), manifest.commit());
    Optional<FileStat> its = store.volume().calls().stat(Layout.below(file, finding.path()));
    for (var listed : manifest.files()) {
      if (listed.path().equals(finding.path()) && listed.sha256().isPresent() && its.isPresent()) {
        Path blob = store.layout().blob(listed.sha256().get());
        if (store.volume().calls().stat(blob).filter(its.get()::sameFileAs).isPresent()) {
          var unused =
              store
                  .quarantine()
                  .putBlob(
                      listed.sha256().get(),
                      Map.of(
                          "why",
                          "the same file as a damaged one of a version",
                          "version",
                          manifest.model() + "@" + manifest.commit(),
                          "path",
                          finding.path()));
        }
      }
    }
  }
}
