package io.modeldepot.store.blob;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What content the volume has, by digest: its blobs, and the files of every version. */
public final class Contents {
  private final Volume volume;
  private final Blobs blobs;
  private final Map<Sha256, List<Path>> inTrees = new HashMap<>();
  private final Map<GitSha1, Sha256> byGitSha1 = new HashMap<>();
  private final Map<Sha256, Blocks> blocks = new HashMap<>();

  private Contents(Volume volume) {
    this.volume = volume;
    this.blobs = new Blobs(volume);
  }

  /**
   * Reads every manifest once; what is published later is not in it. A file whose name cannot be on
   * the volume, or not be spelled by this process, is left out: it can be fetched again.
   */
  public static Contents of(Volume volume) throws IOException {
    Contents contents = new Contents(volume);
    Versions versions = new Versions(volume);
    for (ModelName model : versions.models()) {
      for (CommitId commit : versions.commits(model)) {
        try {
          versions.manifest(model, commit).ifPresent(contents::add);
        } catch (UnreadableFile e) {
          // A damaged manifest vouches for nothing; its files are simply not reused.
          continue;
        }
      }
    }
    return contents;
  }

  private void add(Manifest manifest) {
    Path tree = volume.layout().tree(manifest.model(), manifest.commit());
    for (ManifestFile file : manifest.files()) {
      if (file.present() && file.sha256().isPresent() && FilePaths.fault(file.path()).isEmpty()) {
        Sha256 digest = file.sha256().get();
        inTrees
            .computeIfAbsent(digest, d -> new ArrayList<>(1))
            .add(Layout.below(tree, file.path()));
        file.gitSha1().ifPresent(id -> byGitSha1.put(id, digest));
        file.blocks().ifPresent(known -> blocks.putIfAbsent(digest, known));
      }
    }
  }

  /**
   * Content that is here.
   *
   * @param digest of the content
   * @param sizeBytes its length
   * @param path a file that has it, read-only, ours
   * @param blocks the digests of its blocks, where a manifest has them
   */
  public record Found(Sha256 digest, long sizeBytes, Path path, Optional<Blocks> blocks) {}

  /** Content by its SHA-256, in the blobs or in a version's tree. */
  public Optional<Found> find(Sha256 digest, long sizeBytes) throws IOException {
    Optional<Path> blob = blob(digest, sizeBytes);
    return (blob.isPresent() ? blob : inTrees(digest, sizeBytes).stream().findFirst())
        .map(path -> new Found(digest, sizeBytes, path, blocks(digest)));
  }

  /** Content by git's id, which only manifests know: how an unchanged small file is recognised. */
  public Optional<Found> find(GitSha1 id, long sizeBytes) throws IOException {
    Sha256 digest = byGitSha1.get(id);
    return digest == null ? Optional.empty() : find(digest, sizeBytes);
  }

  private Optional<Blocks> blocks(Sha256 digest) {
    return Optional.ofNullable(blocks.get(digest));
  }

  Optional<Path> blob(Sha256 digest, long sizeBytes) throws IOException {
    return blobs.find(digest, sizeBytes);
  }

  List<Path> inTrees(Sha256 digest, long sizeBytes) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path path : inTrees.getOrDefault(digest, List.of())) {
      if (volume
          .calls()
          .stat(path)
          .filter(stat -> stat.isFile() && stat.sizeBytes() == sizeBytes)
          .isPresent()) {
        found.add(path);
      }
    }
    return found;
  }
}
