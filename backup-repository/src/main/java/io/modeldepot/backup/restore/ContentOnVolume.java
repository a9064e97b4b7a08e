package io.modeldepot.backup.restore;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which contents a volume has already, whole, where a publish finds them: they need not be written
 * again. Whole is what was read and has the right digest; a content is read once.
 */
public final class ContentOnVolume {
  private final ModelStore store;
  private final Contents contents;
  private final Set<Sha256> whole = new HashSet<>();

  /**
   * @param contents of the volume when the work began
   */
  public ContentOnVolume(ModelStore store, Contents contents) {
    this.store = store;
    this.contents = contents;
  }

  /** Whether a file of a version need not be brought. */
  public boolean has(Manifest manifest, ManifestFile file) throws IOException {
    Sha256 digest = Choice.digest(file);
    Path inTree =
        Layout.below(store.layout().tree(manifest.model(), manifest.commit()), file.path());
    Optional<FileStat> stat = store.volume().calls().stat(inTree);
    boolean inPlace =
        stat.isPresent() && stat.get().isFile() && stat.get().sizeBytes() == file.sizeBytes();
    if (stat.isPresent() && !inPlace) {
      // It stands in the way: a publish replaces it only by content that is brought along.
      return false;
    }
    if (inPlace) {
      return isWhole(inTree, digest);
    }
    Optional<Path> found =
        store
            .blobs()
            .find(digest, file.sizeBytes())
            .or(() -> inTrees(contents, digest, file.sizeBytes()));
    return found.isPresent() && (whole.contains(digest) || isWhole(found.get(), digest));
  }

  /** A content was brought and is where a publish finds it. */
  public void brought(Sha256 digest) {
    whole.add(digest);
  }

  private static Optional<Path> inTrees(Contents contents, Sha256 digest, long sizeBytes) {
    try {
      return contents.find(digest, sizeBytes).map(Contents.Found::path);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole(Path file, Sha256 digest) throws IOException {
    try {
      boolean right = Digests.of(store.volume().calls(), file).sha256().equals(digest);
      if (right) {
        whole.add(digest);
      }
      return right;
    } catch (FileCallFailed e) {
      return false;
    }
  }
}
