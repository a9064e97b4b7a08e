package io.modeldepot.downloader.peer;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which other location is alive and has what. A location lives while it reports: what a silent one
 * once announced is not counted on. Safe for threads.
 */
final class Holdings {
  private final LocationName here;
  private final Duration silence;
  private final InstantSource clock;
  private final StateTable<ModelVerified> versions =
      StateTable.byGeneration(ModelVerified::generation);
  private final StateTable<StorageReported> reports = StateTable.byArrival();

  Holdings(LocationName here, Duration silence, InstantSource clock) {
    this.here = here;
    this.silence = silence;
    this.clock = clock;
  }

  void verified(StateRecord<ModelVerified> said) {
    if (said.value().map(it -> !it.location().equals(here)).orElse(true)) {
      versions.heard(said);
    }
  }

  void reported(StateRecord<StorageReported> said) {
    reports.heard(said);
  }

  /** The other locations that live, by name. */
  List<StorageReported> alive() {
    Instant since = clock.instant().minus(silence);
    return reports.all().values().stream()
        .filter(report -> !report.location().equals(here) && report.reportedAt().isAfter(since))
        .sorted(Comparator.comparing(report -> report.location().value()))
        .toList();
  }

  /** What a living location says of a version that is present there; of several the first. */
  Optional<ModelVerified> present(ModelName model, CommitId commit) {
    return alive().stream().flatMap(at -> at(at.location(), model, commit).stream()).findFirst();
  }

  /** The living locations that have a file of a version. */
  List<StorageReported> having(ModelName model, CommitId commit, String path) {
    return alive().stream()
        .filter(
            at ->
                at(at.location(), model, commit).stream()
                    .flatMap(version -> version.files().stream())
                    .anyMatch(file -> file.present() && file.path().equals(path)))
        .toList();
  }

  private Optional<ModelVerified> at(LocationName location, ModelName model, CommitId commit) {
    return versions
        .get(location + "/" + model + "/" + commit)
        .filter(version -> version.state() == VersionState.PRESENT);
  }
}
