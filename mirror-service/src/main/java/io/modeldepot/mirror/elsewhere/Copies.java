package io.modeldepot.mirror.elsewhere;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.hub.address.HubUrls;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.mirror.revision.Revisions;
import io.modeldepot.mirror.shelf.Shelved;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Which other location has what, and who of several is named. A location lives while it reports:
 * what a silent one once announced is not counted on. Safe for threads.
 */
final class Copies {
  private static final Logger LOG = Logger.getLogger(Copies.class);

  private final Duration silence;
  private final InstantSource clock;
  private final StateTable<Held> versions = StateTable.byGeneration(Held::generation);
  private final StateTable<StorageReported> reports = StateTable.byArrival();

  Copies(Duration silence, InstantSource clock) {
    this.silence = silence;
    this.clock = clock;
  }

  void verified(StateRecord<ModelVerified> said) {
    versions.heard(said.map(Held::of));
  }

  void reported(StateRecord<StorageReported> said) {
    reports.heard(said);
  }

  /** A version at one location, and the addresses of its mirrors. */
  private record Candidate(LocationName location, List<HubUrls> mirrors, Held held) {
    Optional<ManifestFile> file(String path) {
      return path.isEmpty() ? Optional.empty() : held.file(path);
    }
  }

  /**
   * Where a version is that is not here. Everybody who asks for one file of one commit is sent to
   * the same location, so caches there and before it work, and files of a version are spread over
   * all that have it; what is asked for by a branch is all at one location, because two of them may
   * mean two versions by it. A location that comes or goes moves only what it gets or had.
   *
   * @param here the location that is asked
   * @param id of a repository, or a model's name
   * @param revision branch, tag or commit
   * @param path of a file; empty if none is meant. Locations that have it go before those that have
   *     other files of the version
   */
  Optional<Copy> find(LocationName here, String id, String revision, String path) {
    String lot = CommitId.isOne(revision) ? revision + "/" + path : id.toLowerCase(Locale.ROOT);
    return alive(here)
        .flatMap(at -> candidate(at, id, revision).stream())
        .max(
            Comparator.<Candidate, Boolean>comparing(it -> it.file(path).isPresent())
                .thenComparing(it -> lot(lot, it.location().value())))
        .map(it -> new Copy(mirror(it, lot), it.held().edition(), it.file(path)));
  }

  private Stream<StorageReported> alive(LocationName here) {
    var since = clock.instant().minus(silence);
    return reports
        .values()
        .filter(report -> !report.location().equals(here) && report.reportedAt().isAfter(since));
  }

  /** What the mirror of a location would understand by it, if everyone may read that. */
  private Optional<Candidate> candidate(StorageReported at, String id, String revision) {
    List<HubUrls> mirrors =
        at.mirrorUrls().stream().flatMap(url -> mirror(at.location(), url).stream()).toList();
    if (mirrors.isEmpty()) {
      return Optional.empty();
    }
    List<Held> there =
        versions
            .values()
            .filter(held -> held.present() && held.location().equals(at.location()))
            .toList();
    return Shelved.find(id, there.stream().map(Held::edition).toList())
        .flatMap(shelved -> Revisions.resolve(shelved, revision))
        .filter(edition -> edition.gated().isEmpty())
        .flatMap(it -> there.stream().filter(held -> held.edition().equals(it)).findFirst())
        .map(held -> new Candidate(at.location(), mirrors, held));
  }

  private static HubUrls mirror(Candidate candidate, String lot) {
    return candidate.mirrors().stream()
        .max(Comparator.comparing(url -> lot(lot, url.toString())))
        .orElseThrow();
  }

  private static Optional<HubUrls> mirror(LocationName location, String url) {
    try {
      return Optional.of(HubUrls.of(url));
    } catch (IllegalArgumentException e) {
      LOG.debugf("Location %s reports a mirror address that is none: %s", location, e.getMessage());
      return Optional.empty();
    }
  }

  /** Rendezvous hashing: a draw that depends on these two alone; the highest wins. */
  private static Sha256 lot(String what, String place) {
    return Sha256.ofText(place + "|" + what);
  }
}
