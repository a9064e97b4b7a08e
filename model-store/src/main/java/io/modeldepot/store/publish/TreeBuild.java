package io.modeldepot.store.publish;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.blob.Placing;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.integrity.Quarantine;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds the immutable tree of a version. A new one is built whole inside the claim and arrives by
 * one rename; one that is there gets what it lacks, file by file, and nothing in it is replaced
 * that is what the manifest says.
 */
final class TreeBuild {
  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Quarantine quarantine;

  TreeBuild(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.quarantine = new Quarantine(volume, clock);
  }

  /** Makes every part read-only and durable, and keeps it for later versions. */
  void keep(Manifest manifest, Map<Sha256, Path> parts) throws IOException {
    Blobs blobs = new Blobs(volume);
    for (ManifestFile file : manifest.presentFiles()) {
      Path part = parts.get(digest(file));
      if (part != null) {
        blobs.keep(part, digest(file), file.sizeBytes());
      }
    }
  }

  /** Builds the tree of a version that does not exist. */
  void create(Path work, Manifest manifest, Map<Sha256, Path> parts) throws IOException {
    Path built = work.resolve("tree");
    calls.mkdir(built, DirectoryTree.DIRECTORY_MODE);
    place(built, manifest.presentFiles(), parts);
    DirectoryTree.syncDirectories(calls, built);
    Path tree = layout.tree(manifest.model(), manifest.commit());
    if (calls.stat(tree).isPresent()) {
      // A tree without a manifest is an unfinished publish: nobody was told of it.
      calls.rename(tree, work.resolve("unfinished"));
    }
    calls.rename(built, tree);
    calls.syncDirectory(layout.model(manifest.model()));
  }

  /**
   * Gives the tree of an existing version what it lacks.
   *
   * @return how many files it lacked
   */
  int extend(Claim claim, Path work, Manifest manifest, Map<Sha256, Path> parts)
      throws IOException {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    List<ManifestFile> lacking = new ArrayList<>();
    for (ManifestFile file : manifest.presentFiles()) {
      if (!has(claim, tree, manifest, file, parts)) {
        lacking.add(file);
      }
    }
    if (lacking.isEmpty()) {
      return 0;
    }
    Path built = work.resolve("tree");
    calls.mkdir(built, DirectoryTree.DIRECTORY_MODE);
    place(built, lacking, parts);
    if (DirectoryTree.makeIfAbsent(calls, tree)) {
      calls.syncDirectory(layout.model(manifest.model()));
    }
    for (ManifestFile file : lacking) {
      Path directory = parent(Path.of(file.path()));
      DirectoryTree.makeBelow(calls, tree, directory);
      calls.renameNoReplace(Layout.below(built, file.path()), Layout.below(tree, file.path()));
    }
    DirectoryTree.syncDirectories(calls, tree);
    return lacking.size();
  }

  /**
   * Whether the tree has a file. One of another length is damaged; one for which verified content
   * was brought along is read, because somebody had a reason to bring it.
   */
  private boolean has(
      Claim claim, Path tree, Manifest manifest, ManifestFile file, Map<Sha256, Path> parts)
      throws IOException {
    Path path = Layout.below(tree, file.path());
    Optional<FileStat> there = calls.stat(path);
    if (there.isEmpty()) {
      return false;
    }
    boolean whole = there.get().isFile() && there.get().sizeBytes() == file.sizeBytes();
    Path part = parts.get(digest(file));
    if (whole && (part == null || calls.stat(part).filter(there.get()::sameFileAs).isPresent())) {
      return true;
    }
    Optional<FileDigests> actual = whole ? Optional.of(Digests.of(calls, path)) : Optional.empty();
    if (actual.filter(found -> found.sha256().equals(digest(file))).isPresent()) {
      return true;
    }
    quarantine.putFromOutside(
        claim,
        manifest.model(),
        path,
        Map.of(
            "why", "damaged file of a version, replaced by a publish",
            "path", layout.shown(path),
            "expected", digest(file).value(),
            "actual", actual.map(found -> found.sha256().value()).orElse("another length"),
            "actualBytes", there.get().sizeBytes()));
    return false;
  }

  private void place(Path built, List<ManifestFile> files, Map<Sha256, Path> parts)
      throws IOException {
    Contents contents = Contents.of(volume);
    Placing placing = new Placing(volume);
    Set<Path> directories = new TreeSet<>();
    List<ManifestFile> missing = new ArrayList<>();
    for (ManifestFile file : files) {
      Path directory = parent(Path.of(file.path()));
      if (directories.add(directory)) {
        DirectoryTree.makeBelow(calls, built, directory);
      }
      Path name = Layout.below(built, file.path());
      if (placing.place(digest(file), file.sizeBytes(), name, parts, contents).isEmpty()) {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingContent(missing);
    }
  }

  static Sha256 digest(ManifestFile file) {
    return file.sha256()
        .orElseThrow(
            () -> new IllegalArgumentException(file.path() + " is present without a SHA-256"));
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
