package io.modeldepot.mirror.elsewhere;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Edition.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What a location said of a version: of the announcement what is needed to send somebody there.
 *
 * @param location who said it
 * @param generation of two announcements the higher counts
 * @param present whether it is there to be served
 * @param edition the version
 * @param files those that are there
 */
record Held(
    LocationName location,
    long generation,
    boolean present,
    Edition edition,
    List<VerifiedFile> files) {

  static Held of(ModelVerified said) {
    boolean present = said.state() == VersionState.PRESENT;
    return new Held(
        said.location(),
        said.generation(),
        present,
        edition(said),
        present ? said.files().stream().filter(VerifiedFile::present).toList() : List.of());
  }

  /** As the other mirror sees it, but for the time: the announcement has that of its reading. */
  private static Edition edition(ModelVerified said) {
    return new Edition(
        said.model(),
        said.commit(),
        said.current() ? Standing.CURRENT : Standing.RETAINED,
        said.source().repository(),
        said.source().revision(),
        said.source().licence(),
        said.source().gated(),
        said.verifiedAt(),
        "");
  }

  /** The file of this path, as a manifest has it. */
  Optional<ManifestFile> file(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .filter(file -> file.sha256().isPresent() || file.gitSha1().isPresent())
        .findFirst()
        .map(
            file ->
                new ManifestFile(
                    file.path(),
                    file.sizeBytes(),
                    true,
                    file.sha256(),
                    file.gitSha1(),
                    file.verifiedBy(),
                    Optional.empty()));
  }
}
