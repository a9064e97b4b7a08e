package io.modeldepot.janitor.scrub;

import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.fact.FoundBy;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.RepairState;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.restore.FromBackup;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.survey.Survey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Looks what became of repairs. One that was done is read again; where one failed for good the
 * backups are asked, and what they bring is read again too. Where none has it the damaged files go
 * to the quarantine, unless somebody needs the version: then they stay, because most of a model is
 * better than none of it, and whoever is served by it is told.
 */
@ApplicationScoped
class Unrepaired {
  private static final Logger LOG = Logger.getLogger(Unrepaired.class);
  private static final Duration FOR_A_CLAIM = Duration.ofSeconds(5);

  private final JobTeller facts;
  private final Served served;
  private final FromBackup fromBackup;
  private final ScrubMetrics metrics;
  private final VolumeKeeper volume;
  private final Clock clock;

  @Inject
  Unrepaired(
      JobTeller facts,
      Served served,
      FromBackup fromBackup,
      ScrubMetrics metrics,
      VolumeKeeper volume,
      Clock clock) {
    this.facts = facts;
    this.served = served;
    this.fromBackup = fromBackup;
    this.metrics = metrics;
    this.volume = volume;
    this.clock = clock;
  }

  /** What became of a repair. */
  enum End {
    /** It goes on, or nobody asked for one. */
    NOT_YET,
    /** The version is to be read again. */
    READ_AGAIN,
    /** It failed for good; what had to be done was done. */
    FAILED
  }

  /** Looks what became of the repair of a version. */
  End look(Shelf shelf, Survey.Version version) throws IOException, InterruptedException {
    CheckBook book = new CheckBook(shelf.store());
    Optional<CheckBook.Check> note = book.last(version.model(), version.commit());
    Optional<RequestId> repair = note.flatMap(CheckBook.Check::repair);
    if (repair.isEmpty()) {
      return End.NOT_YET;
    }
    Optional<Journal> journal;
    try {
      journal = shelf.store().journals().read(repair.get());
    } catch (UnreadableFile e) {
      return End.NOT_YET;
    }
    if (journal.isEmpty()) {
      // It was never left for anybody, or its end is long ago.
      return End.READ_AGAIN;
    }
    if (!Journals.isFinal(journal.get().state())) {
      return End.NOT_YET;
    }
    boolean repaired =
        journal.get().state() == DownloadState.DONE || otherwise(shelf, version, journal.get());
    book.write(version.model(), version.commit(), note.get().repairedBy(Optional.empty()));
    return repaired ? End.READ_AGAIN : End.FAILED;
  }

  /** The download failed for good. Returns whether a backup had what it was to bring. */
  private boolean otherwise(Shelf shelf, Survey.Version version, Journal journal)
      throws IOException, InterruptedException {
    ModelStore store = shelf.store();
    Optional<Manifest> manifest = store.versions().manifest(version.model(), version.commit());
    if (manifest.isEmpty()) {
      return false;
    }
    List<ManifestFile> damaged = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    journal.files().stream().map(JournalFile::path).forEach(asked::add);
    for (ManifestFile file : manifest.get().files()) {
      if (file.present() && asked.contains(file.path())) {
        List<Finding> found = store.verifier().verifyFile(manifest.get(), file, bytes -> {});
        if (found.stream().anyMatch(Finding::isDamage)) {
          damaged.add(file);
          findings.add(found.getFirst());
        }
      }
    }
    if (damaged.isEmpty() || fromBackup.bring(shelf, manifest.get(), damaged).isPresent()) {
      return !damaged.isEmpty();
    }
    for (Finding finding : findings) {
      giveUp(shelf, version, finding);
    }
    return false;
  }

  private void giveUp(Shelf shelf, Survey.Version version, Finding finding)
      throws IOException, InterruptedException {
    List<String> servedTo = served.by(shelf.store(), version.model(), version.commit());
    Optional<String> quarantine =
        servedTo.isEmpty() && !(finding instanceof Finding.Missing)
            ? setAside(shelf, version, finding)
            : Optional.empty();
    LOG.errorf(
        "%s of %s cannot be repaired; %s",
        finding.path(),
        version.shown(),
        quarantine.map(it -> "it is in " + it).orElse("it stays: " + servedTo));
    facts.tell(
        Topics.MODEL_CORRUPTED,
        version.model().value(),
        new ModelCorrupted(
            volume.location(),
            version.model(),
            version.commit(),
            finding.path(),
            finding instanceof Finding.Missing ? CorruptionKind.MISSING : CorruptionKind.BITROT,
            finding instanceof Finding.Altered altered ? altered.badBlocks() : List.of(),
            FoundBy.SCRUB,
            RepairState.NONE,
            clock.instant(),
            servedTo,
            quarantine));
  }

  private Optional<String> setAside(Shelf shelf, Survey.Version version, Finding finding)
      throws IOException, InterruptedException {
    Path tree = shelf.store().layout().tree(version.model(), version.commit());
    try {
      Path there =
          shelf.underClaim(
              version.model(),
              FOR_A_CLAIM,
              claim ->
                  shelf
                      .store()
                      .quarantine()
                      .putFromOutside(
                          claim,
                          version.model(),
                          Layout.below(tree, finding.path()),
                          Map.of(
                              "why", "damaged, and it cannot be repaired",
                              "version", version.shown(),
                              "found", Diagnosis.words(finding))));
      metrics.quarantined("file");
      return Optional.of(shelf.store().layout().shown(there));
    } catch (ModelBusy e) {
      return Optional.empty();
    }
  }
}
