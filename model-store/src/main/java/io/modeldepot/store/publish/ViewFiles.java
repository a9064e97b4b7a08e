package io.modeldepot.store.publish;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the files of a view are: the shown version's, another version's, or somebody's own. People
 * edit small files in place and put notes beside them; such files neither make a view outdated nor
 * are they ever deleted.
 */
final class ViewFiles {
  private final Layout layout;
  private final FileCalls calls;
  private final Map<String, List<Known>> byPath = new HashMap<>();
  private final Set<CommitId> commits = new HashSet<>();
  private final Set<FamilyName> families = new TreeSet<>();

  /** A file that a version has under some path. */
  private record Known(Manifest manifest, ManifestFile file) {}

  private ViewFiles(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  private void add(Manifest manifest) {
    families.add(manifest.family());
    commits.add(manifest.commit());
    for (ManifestFile file : manifest.presentFiles()) {
      byPath
          .computeIfAbsent(file.path(), path -> new ArrayList<>(1))
          .add(new Known(manifest, file));
    }
  }

  /** Knows every version of a model, as of now. */
  static ViewFiles of(Volume volume, ModelName model) throws IOException {
    Versions versions = new Versions(volume);
    ViewFiles known = new ViewFiles(volume);
    for (CommitId commit : versions.commits(model)) {
      try {
        versions.manifest(model, commit).ifPresent(known::add);
      } catch (UnreadableFile e) {
        // Its files count as somebody's own then: kept, not deleted.
        continue;
      }
    }
    return known;
  }

  /** The families that the model's versions have or had. */
  Set<FamilyName> families() {
    return families;
  }

  /** Whether the text of a link is that of a view of one of the versions. */
  boolean isTarget(String target, ModelName model) {
    return commits.stream().anyMatch(commit -> target.equals(Layout.viewTarget(model, commit)));
  }

  /** Whether a view has every file of a version, and none of another version. */
  boolean shows(Path view, Manifest manifest) throws IOException {
    Map<String, FileStat> there = files(DirectoryTree.look(calls, view, Set.of()));
    for (ManifestFile file : manifest.presentFiles()) {
      FileStat stat = there.remove(file.path());
      if (stat == null || isOutdated(view, stat, file, manifest)) {
        return false;
      }
    }
    for (Map.Entry<String, FileStat> extra : there.entrySet()) {
      if (isOurs(view, extra.getKey(), extra.getValue())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a view has files that no version of the model has. What may not be read is none of
   * ours, nor is what has a name that cannot be spelled.
   */
  boolean hasForeign(Path view) throws IOException {
    DirectoryTree.Seen seen = DirectoryTree.look(calls, view, Set.of());
    if (!seen.refused().isEmpty()) {
      return true;
    }
    for (Map.Entry<String, FileStat> file : files(seen).entrySet()) {
      if (!isOurs(view, file.getKey(), file.getValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOutdated(Path view, FileStat stat, ManifestFile file, Manifest manifest)
      throws IOException {
    if (sameInode(stat, manifest, file)) {
      return false;
    }
    if (!stat.isFile()) {
      return true;
    }
    if (stat.sizeBytes() >= Layout.SMALL_BYTES || file.sizeBytes() >= Layout.SMALL_BYTES) {
      // A large file is a link, or a copy where the inode has all its links.
      return stat.sizeBytes() != file.sizeBytes()
          || !digest(view, file.path()).equals(Optional.of(TreeBuild.digest(file)));
    }
    Optional<Sha256> digest = digest(view, file.path());
    return digest.isPresent()
        && !digest.get().equals(TreeBuild.digest(file))
        && digests(file.path()).contains(digest.get());
  }

  private boolean isOurs(Path view, String path, FileStat stat) throws IOException {
    if (!stat.isFile()) {
      return false;
    }
    List<Known> ours = byPath.getOrDefault(path, List.of());
    for (Known known : ours) {
      if (sameInode(stat, known.manifest(), known.file())) {
        return true;
      }
    }
    // Only one of the length of ours is worth reading.
    return ours.stream().anyMatch(known -> known.file().sizeBytes() == stat.sizeBytes())
        && digest(view, path).filter(digests(path)::contains).isPresent();
  }

  private boolean sameInode(FileStat stat, Manifest manifest, ManifestFile file)
      throws IOException {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    Optional<FileStat> original = calls.stat(Layout.below(tree, file.path()));
    return original.filter(stat::sameFileAs).isPresent();
  }

  private Set<Sha256> digests(String path) {
    return byPath.getOrDefault(path, List.of()).stream()
        .map(known -> TreeBuild.digest(known.file()))
        .collect(Collectors.toSet());
  }

  /** Of a file that has a name of ours; empty if somebody allows nobody else to read it. */
  private Optional<Sha256> digest(Path view, String path) throws IOException {
    try {
      return Optional.of(Digests.of(calls, view.resolve(path)).sha256());
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.EACCES) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<String, FileStat> files(DirectoryTree.Seen view) {
    Map<String, FileStat> files = new HashMap<>();
    for (DirectoryTree.Entry entry : view.entries()) {
      if (!entry.stat().isDirectory()) {
        files.put(entry.path(), entry.stat());
      }
    }
    return files;
  }
}
