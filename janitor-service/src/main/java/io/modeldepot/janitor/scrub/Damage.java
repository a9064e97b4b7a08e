package io.modeldepot.janitor.scrub;

import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.fact.FoundBy;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.RepairState;
import io.modeldepot.events.state.ModelChecked;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What follows from what was found: damaged content leaves the cache, its repair is asked for where
 * that is wanted, and everybody is told. One finding at a time.
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

  /** Who looked, and what follows. */
  enum Cause {
    /** By itself, and nobody wants repairs of that. */
    SCRUB(FoundBy.SCRUB),
    /** By itself, and damage is to be repaired. */
    SCRUB_AND_REPAIR(FoundBy.SCRUB),
    /** Somebody asked. */
    VERIFY(FoundBy.VERIFY),
    /** Somebody asked, and wants damage repaired. */
    REPAIR(FoundBy.VERIFY);

    private final FoundBy foundBy;

    Cause(FoundBy foundBy) {
      this.foundBy = foundBy;
    }

    private boolean repairs() {
      return this == SCRUB_AND_REPAIR || this == REPAIR;
    }
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
  synchronized void read(Shelf shelf, VersionReport report, Cause cause)
      throws IOException, InterruptedException {
    Manifest manifest = report.manifest();
    ModelStore store = shelf.store();
    Instant volumesNow = store.volumesNow();
    Repair repair = tell(shelf, manifest, report.findings(), cause);
    facts.tell(
        Topics.MODEL_CHECKED,
        volume.location() + "/" + manifest.model() + "/" + manifest.commit(),
        new ModelChecked(
            volume.location(),
            manifest.model(),
            manifest.commit(),
            clock.instant(),
            report.findings().stream().map(Damage::words).toList()));
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
  synchronized void found(Shelf shelf, Manifest manifest, List<Finding> findings, Cause cause)
      throws IOException, InterruptedException {
    Repair unused = tell(shelf, manifest, findings, cause);
  }

  /** A manifest is not what it was. What it says of its version is not to be relied on. */
  synchronized void manifest(Shelf shelf, ManifestBook.Rotten rotten)
      throws IOException, InterruptedException {
    LOG.errorf(
        "%s@%s: %s. Restore the version from a backup, or remove it and download it again.",
        rotten.model(), rotten.commit(), rotten.why());
    metrics.corrupted(CorruptionKind.BITROT, false);
    facts.tell(
        Topics.MODEL_CORRUPTED,
        rotten.model().value(),
        new ModelCorrupted(
            volume.location(),
            rotten.model(),
            rotten.commit(),
            rotten.path(),
            CorruptionKind.BITROT,
            List.of(),
            FoundBy.SCRUB,
            RepairState.NONE,
            clock.instant(),
            served.by(shelf.store(), rotten.model(), rotten.commit()),
            Optional.empty()));
  }

  /**
   * An archived version was read. Nobody is served by one, and no download is a repair of it: it is
   * told, and a backup has it.
   */
  synchronized void archived(
      ModelName model, CommitId commit, List<ArchiveCheck.Damaged> found, Cause cause)
      throws IOException, InterruptedException {
    for (ArchiveCheck.Damaged damaged : found) {
      LOG.errorf(
          "%s@%s is damaged in the archive: %s: %s. Restore the version from a backup.",
          model, commit, damaged.path(), damaged.why());
      metrics.corrupted(CorruptionKind.BITROT, false);
      facts.tell(
          Topics.MODEL_CORRUPTED,
          model.value(),
          new ModelCorrupted(
              volume.location(),
              model,
              commit,
              damaged.path(),
              CorruptionKind.BITROT,
              List.of(),
              cause.foundBy,
              RepairState.NONE,
              clock.instant(),
              List.of(),
              Optional.empty()));
    }
    facts.tell(
        Topics.MODEL_CHECKED,
        volume.location() + "/" + model + "/" + commit,
        new ModelChecked(
            volume.location(),
            model,
            commit,
            clock.instant(),
            found.stream().map(Damage::words).toList()));
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

  private Repair repair(Shelf shelf, Manifest manifest, List<Finding> damage, Cause cause)
      throws IOException, InterruptedException {
    if (!cause.repairs()) {
      return Repair.NONE;
    }
    Optional<RequestId> download = repairs.ask(shelf, manifest, damage);
    if (download.isPresent()) {
      return new Repair(download, Optional.empty());
    }
    List<String> paths = damage.stream().map(Finding::path).toList();
    return new Repair(
        download,
        fromBackup.bring(
            shelf,
            manifest,
            manifest.files().stream().filter(file -> paths.contains(file.path())).toList()));
  }

  private Repair tell(Shelf shelf, Manifest manifest, List<Finding> findings, Cause cause)
      throws IOException, InterruptedException {
    List<Finding> damage = findings.stream().filter(Finding::isDamage).toList();
    if (damage.isEmpty()) {
      return Repair.NONE;
    }
    ModelStore store = shelf.store();
    ModelName model = manifest.model();
    CommitId commit = manifest.commit();
    // Before a repair moves them their dates tell how they came to be so.
    Map<String, CorruptionKind> kinds = new java.util.HashMap<>();
    for (Finding finding : damage) {
      kinds.put(finding.path(), kind(store, manifest, finding));
    }
    List<String> servedTo = served.by(store, model, commit);
    for (Finding finding : damage) {
      leaveTheCache(store, manifest, finding);
    }
    Repair repair = repair(shelf, manifest, damage, cause);
    for (Finding finding : damage) {
      CorruptionKind kind = kinds.getOrDefault(finding.path(), CorruptionKind.BITROT);
      metrics.corrupted(kind, repair.isAny());
      facts.tell(
          Topics.MODEL_CORRUPTED,
          model.value(),
          new ModelCorrupted(
              volume.location(),
              model,
              commit,
              finding.path(),
              kind,
              finding instanceof Finding.Altered altered ? altered.badBlocks() : List.of(),
              cause.foundBy,
              repair.isAny() ? RepairState.REQUESTED : RepairState.NONE,
              clock.instant(),
              servedTo,
              Optional.empty()));
    }
    return repair;
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

  private static CorruptionKind kind(ModelStore store, Manifest manifest, Finding finding)
      throws IOException {
    return switch (finding) {
      case Finding.Missing _ -> CorruptionKind.MISSING;
      case Finding.Extra _ -> CorruptionKind.EXTRA;
      // A file that was written to has another length; bits that rot leave it as it is.
      case Finding.WrongSize _ -> CorruptionKind.ALTERED;
      case Finding.Unreadable _, Finding.WrongMode _ -> CorruptionKind.BITROT;
      case Finding.Altered it -> {
        ModelName model = manifest.model();
        CommitId commit = manifest.commit();
        Optional<Instant> lastGood =
            new CheckBook(store)
                .last(model, commit)
                .filter(last -> !last.damaged())
                .map(CheckBook.Check::checkedAt);
        yield store.glance().isWrittenTo(model, commit, it.path(), lastGood)
            ? CorruptionKind.ALTERED
            : CorruptionKind.BITROT;
      }
    };
  }

  static String words(ArchiveCheck.Damaged damaged) {
    return damaged.path() + " is damaged in the archive: " + damaged.why();
  }

  static String words(Finding finding) {
    return switch (finding) {
      case Finding.Missing it -> it.path() + " is missing";
      case Finding.Extra it -> it.path() + " is in no manifest";
      case Finding.WrongMode it -> it.path() + " may be written to";
      case Finding.WrongSize it ->
          "%s has %d bytes, not %d".formatted(it.path(), it.actualBytes(), it.expectedBytes());
      case Finding.Unreadable it -> it.path() + " cannot be read: " + it.why();
      case Finding.Altered it ->
          it.path()
              + " has other bytes"
              + (it.badBlocks().isEmpty() ? "" : " in blocks " + it.badBlocks());
    };
  }
}
