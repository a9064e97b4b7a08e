package io.modeldepot.downloader.announce;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.integrity.Rescan.ModelOnVolume;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the volume says of a model, as records. Pure. */
final class VersionRecords {
  private VersionRecords() {}

  /**
   * The records of one model: one for every version on the volume, archived ones too, {@code
   * damaged} where a file of it was found so, and one {@code removed} for every version that was
   * announced and is gone.
   *
   * @param requestIds whom a version answers, by version
   * @param signatures what the signatures of a version say
   * @param readings what the text files of a version say that is here
   */
  static List<ModelVerified> of(
      LocationName location,
      ModelOnVolume onVolume,
      List<ModelVerified> announced,
      Requesters requestIds,
      Signatures signatures,
      Readings readings)
      throws IOException {
    String current = onVolume.current().map(Current::commitOrEmpty).orElse("");
    long highest = announced.stream().mapToLong(ModelVerified::generation).max().orElse(0);
    long generation = onVolume.current().map(Current::generation).orElse(Math.max(1, highest));
    List<ModelVerified> records = new ArrayList<>();
    for (Manifest manifest : onVolume.versions()) {
      records.add(
          present(
              location,
              manifest,
              onVolume.damaged().contains(manifest.commit())
                  ? VersionState.DAMAGED
                  : VersionState.PRESENT,
              bytes(manifest.presentFiles()),
              current,
              generation,
              requestIds.of(manifest.commit()),
              signatures.of(manifest),
              readings.of(manifest)));
    }
    for (ArchivedVersion archived : onVolume.archived()) {
      records.add(
          present(
              location,
              archived.manifest(),
              VersionState.ARCHIVED,
              archived.archivedBytes(),
              current,
              generation,
              List.of(),
              signatures.of(archived.manifest()),
              Optional.empty()));
    }
    announced.stream()
        .filter(it -> it.state() != VersionState.REMOVED)
        .filter(it -> records.stream().noneMatch(known -> known.commit().equals(it.commit())))
        .forEach(it -> records.add(removed(it, current, Math.max(generation, it.generation()))));
    return records;
  }

  /** Who asked for a version. */
  @FunctionalInterface
  interface Requesters {
    List<RequestId> of(CommitId commit);
  }

  /** What the signatures of a version say. */
  @FunctionalInterface
  interface Signatures {
    Signed of(Manifest manifest) throws IOException;
  }

  /**
   * What is known of them.
   *
   * @param here the one beside the version, by this site or another one
   * @param upstream the publisher's
   */
  record Signed(Signature here, Optional<UpstreamSignature> upstream) {}

  /** What the text files of a version say. */
  @FunctionalInterface
  interface Readings {
    Optional<Reading> of(Manifest manifest);
  }

  private static ModelVerified present(
      LocationName location,
      Manifest manifest,
      VersionState state,
      long presentBytes,
      String current,
      long generation,
      List<RequestId> requestIds,
      Signed signed,
      Optional<Reading> reading) {
    List<ManifestFile> present = manifest.presentFiles();
    return new ModelVerified(
        location,
        manifest.model(),
        manifest.family(),
        manifest.commit(),
        state,
        generation,
        current,
        Layout.announcedPath(manifest.model(), manifest.commit()),
        weakest(present),
        bytes(manifest.files()),
        presentBytes,
        manifest.files().size(),
        manifest.files().stream().map(VersionRecords::file).toList(),
        manifest.source(),
        manifest.profile(),
        Optional.of(signed.here()),
        signed.upstream(),
        manifest.scan(),
        reading,
        requestIds,
        manifest.createdAt());
  }

  private static ModelVerified removed(ModelVerified last, String current, long generation) {
    return new ModelVerified(
        last.location(),
        last.model(),
        last.family(),
        last.commit(),
        VersionState.REMOVED,
        generation,
        current,
        last.path(),
        last.verifiedBy(),
        last.sizeBytes(),
        0,
        last.fileCount(),
        List.of(),
        last.source(),
        last.profile(),
        last.signature(),
        last.upstreamSignature(),
        last.scan(),
        Optional.empty(),
        List.of(),
        last.verifiedAt());
  }

  private static VerifiedFile file(ManifestFile it) {
    return new VerifiedFile(
        it.path(), it.sizeBytes(), it.sha256(), it.gitSha1(), it.verifiedBy(), it.present());
  }

  private static long bytes(List<ManifestFile> files) {
    return files.stream().mapToLong(ManifestFile::sizeBytes).sum();
  }

  /** A version is as good as the file that is vouched for least. */
  private static VerifiedBy weakest(List<ManifestFile> files) {
    return files.stream()
        .map(file -> file.verifiedBy().orElse(VerifiedBy.SELF))
        .max(Comparator.naturalOrder())
        .orElse(VerifiedBy.SELF);
  }
}
