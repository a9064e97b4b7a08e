package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.FilePaths;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The versions of a snapshot that are to be restored, each model's current one last.
 *
 * @param versions which
 * @param contents of the whole snapshot
 */
record Choice(List<SavedVersion> versions, Map<Sha256, SavedContent> contents) {

  static Choice of(Snapshot snapshot, Scope scope) throws IOException {
    List<SavedVersion> versions =
        snapshot.versions().stream()
            .filter(
                v -> scope.has(v.manifest().family(), v.manifest().model(), v.manifest().commit()))
            .sorted(
                Comparator.comparing((SavedVersion v) -> v.manifest().model().value())
                    .thenComparing(SavedVersion::current)
                    .thenComparing(v -> v.manifest().createdAt()))
            .toList();
    if (versions.isEmpty()) {
      throw new NothingToRestore(snapshot.id(), scope);
    }
    for (SavedVersion version : versions) {
      FilePaths.requireGood(version.manifest().files().stream().map(ManifestFile::path).toList());
    }
    return new Choice(versions, snapshot.contents());
  }

  /** The content of a file; every snapshot has all of them. */
  SavedContent content(ManifestFile file) throws DamagedObject {
    SavedContent content = file.sha256().map(contents::get).orElse(null);
    if (content == null || content.sizeBytes() != file.sizeBytes()) {
      throw new DamagedObject("the snapshot", "it does not say where " + file.path() + " is");
    }
    return content;
  }

  static Sha256 digest(ManifestFile file) throws DamagedObject {
    return file.sha256()
        .orElseThrow(() -> new DamagedObject("the snapshot", file.path() + " has no digest"));
  }

  /** Of all of them, a content counted once. */
  long bytes() {
    return versions.stream()
        .flatMap(v -> v.manifest().presentFiles().stream())
        .collect(
            java.util.stream.Collectors.toMap(
                f -> f.sha256().orElseThrow(), ManifestFile::sizeBytes, (a, b) -> a))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  int files() {
    return versions.stream().mapToInt(v -> v.manifest().presentFiles().size()).sum();
  }
}
