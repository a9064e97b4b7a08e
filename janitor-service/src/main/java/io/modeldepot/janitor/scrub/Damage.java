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
import io.modeldepot.store.ModelStore;
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
  private final ScrubMetrics metrics;
  private final VolumeKeeper volume;
  private final Clock clock;

  @Inject
  Damage(
      JobTeller facts,
      Served served,
      RepairRequests repairs,
      ScrubMetrics metrics,
      VolumeKeeper volume,
      Clock clock) {
    this.facts = facts;
    this.served = served;
    this.repairs = repairs;
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
    Optional<RequestId> repair = tell(shelf, manifest, report.findings(), cause);
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
            CheckBook.Check.of(volumesNow, report.damaged()).repairedBy(repair));
  }

  /** Some files of a version were looked at, and this was found. */
  synchronized void found(Shelf shelf, Manifest manifest, List<Finding> findings, Cause cause)
      throws IOException, InterruptedException {
    var unused = tell(shelf, manifest, findings, cause);
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

  /** Returns the repair that is under way then. */
  private Optional<RequestId> tell(
      Shelf shelf, Manifest manifest, List<Finding> findings, Cause cause)
      throws IOException, InterruptedException {
    List<Finding> damage = findings.stream().filter(Finding::isDamage).toList();
    if (damage.isEmpty()) {
      return Optional.empty();
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
    Optional<RequestId> repair =
        cause.repairs() ? repairs.ask(shelf, manifest, damage) : Optional.empty();
    for (Finding finding : damage) {
      CorruptionKind kind = kinds.getOrDefault(finding.path(), CorruptionKind.BITROT);
      metrics.corrupted(kind, repair.isPresent());
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
              repair.isPresent() ? RepairState.REQUESTED : RepairState.NONE,
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
