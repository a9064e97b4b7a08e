package io.modeldepot.mirror.shelf;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.store.layout.FilePaths;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version with its files.
 *
 * @param edition the version
 * @param tree its immutable tree on the volume
 * @param files those that are present, by path; one whose path could lead out of the tree is not
 *     among them, whoever wrote it into the manifest
 */
public record Book(Edition edition, Path tree, SortedMap<String, ManifestFile> files) {
  static Book of(Edition edition, Path tree, Manifest manifest) {
    SortedMap<String, ManifestFile> files = new TreeMap<>();
    manifest.files().stream()
        .filter(file -> file.present() && FilePaths.fault(file.path()).isEmpty())
        .forEach(file -> files.put(file.path(), file));
    return new Book(edition, tree, Collections.unmodifiableSortedMap(files));
  }

  /** The file of this path, if the manifest has it. */
  public Optional<ManifestFile> file(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
