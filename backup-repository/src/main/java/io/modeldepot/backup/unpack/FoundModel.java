package io.modeldepot.backup.unpack;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.adopt.TreeCommit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model as an archive has it, read once.
 *
 * @param manifest what an export says of it; every file was found to be what it says
 * @param signature the signature file that an export has of it, unchecked
 * @param files by path
 */
record FoundModel(
    ModelName model,
    FamilyName family,
    Optional<Manifest> manifest,
    Optional<byte[]> signature,
    Map<String, FoundFile> files) {

  /**
   * A file.
   *
   * @param linkTo the path of the file before it that it is a link to
   */
  record FoundFile(long sizeBytes, Sha256 sha256, Optional<String> linkTo) {}

  /** Which version it is: an export says so, else its content does. */
  CommitId commit() {
    return manifest
        .map(Manifest::commit)
        .orElseGet(
            () ->
                TreeCommit.of(
                    files.entrySet().stream()
                        .collect(
                            Collectors.toMap(Map.Entry::getKey, it -> it.getValue().sha256()))));
  }

  long bytes() {
    return files.values().stream().mapToLong(FoundFile::sizeBytes).sum();
  }

  /** What the manifest says of a file. */
  ManifestFile said(String path) {
    return manifest.orElseThrow().files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
