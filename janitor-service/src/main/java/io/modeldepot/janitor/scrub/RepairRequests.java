package io.modeldepot.janitor.scrub;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.kit.intake.CommandId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.repair.Repairs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks for repairs. A repair is a download that is left on the volume half done, so that it brings
 * only what is bad. Its id is written down first: after a crash the same one is asked for.
 */
@ApplicationScoped
class RepairRequests {
  private static final Logger LOG = Logger.getLogger(RepairRequests.class);
  private static final int URGENT = 9;

  private final JobTeller facts;
  private final VolumeKeeper volume;
  private final Clock clock;

  @Inject
  RepairRequests(JobTeller facts, VolumeKeeper volume, Clock clock) {
    this.facts = facts;
    this.volume = volume;
    this.clock = clock;
  }

  /**
   * Asks for what is damaged; of a version whose repair is under way nothing more is asked.
   *
   * @return the download; empty if no hub has the version, because it came from a directory
   */
  Optional<RequestId> ask(Shelf shelf, Manifest manifest, List<Finding> damage)
      throws IOException, InterruptedException {
    if (manifest.source().kind() != SourceKind.HUB && manifest.source().repository().isEmpty()) {
      return Optional.empty();
    }
    ModelStore store = shelf.store();
    Optional<RequestId> going = store.repairs().underWay(manifest.model(), manifest.commit());
    if (going.isPresent()) {
      return going;
    }
    CheckBook book = new CheckBook(store);
    CheckBook.Check note =
        book.last(manifest.model(), manifest.commit())
            .orElseGet(() -> CheckBook.Check.of(manifest.createdAt(), true));
    RequestId id = note.repair().orElse(null);
    if (id == null || store.journals().read(id).isPresent()) {
      id =
          CommandId.fromForeign(
              "repair of %s@%s at %s"
                  .formatted(manifest.model(), manifest.commit(), clock.instant()));
      book.write(manifest.model(), manifest.commit(), note.repairedBy(Optional.of(id)));
    }
    Set<String> paths = damage.stream().map(Finding::path).collect(Collectors.toSet());
    List<ManifestFile> damaged =
        manifest.files().stream().filter(it -> paths.contains(it.path())).toList();
    DownloadRequested command = command(manifest, damaged, id);
    Optional<Repairs.Prepared> prepared =
        store.repairs().prepare(shelf.claims(), command, manifest, damaged);
    prepared.ifPresent(
        it ->
            LOG.infof(
                "Repair %s of %s@%s: %d bytes are good, %d have to come in",
                command.requestId().orElseThrow(),
                manifest.model(),
                manifest.commit(),
                it.keptBytes(),
                it.missingBytes()));
    facts.tell(Topics.DOWNLOAD_REQUESTED, manifest.model().value(), command);
    return Optional.of(id);
  }

  private DownloadRequested command(Manifest manifest, List<ManifestFile> damaged, RequestId id) {
    return new DownloadRequested(
        Optional.of(manifest.model()),
        Optional.empty(),
        Optional.of(id),
        Optional.empty(),
        Optional.of(manifest.commit().value()),
        Optional.empty(),
        damaged.stream().map(it -> globbed(it.path())).toList(),
        List.of(),
        Optional.of(volume.location()),
        Optional.of(DownloadSource.REPAIR),
        Optional.empty(),
        Optional.of(URGENT),
        false,
        false,
        Optional.of("janitor"));
  }

  /** A path as a glob that means this path alone. */
  private static String globbed(String path) {
    return path.replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
  }
}
