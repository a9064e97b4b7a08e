package io.modeldepot.downloader.delta;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The versions of a model that are here, the likeliest to share content with a new one first. */
record EarlierVersions(ModelStore store, ModelName model) {

  /**
   * A file of an earlier version.
   *
   * @param path where it is
   * @param sha256 what it should be
   * @param sizeBytes length
   */
  record Found(Path path, Sha256 sha256, long sizeBytes) {}

  /** The file of this path in the current version, else in the newest that has it. */
  Optional<Found> file(String path) throws IOException {
    if (FilePaths.fault(path).isPresent()) {
      return Optional.empty();
    }
    for (Manifest manifest : manifests()) {
      Optional<Found> found = file(manifest, path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> file(Manifest manifest, String path) throws IOException {
    Path tree = store.layout().tree(model, manifest.commit());
    for (ManifestFile file : manifest.files()) {
      if (file.path().equals(path) && file.present() && file.sha256().isPresent()) {
        Path place = Layout.below(tree, path);
        Optional<FileStat> stat = store.volume().calls().stat(place);
        return stat.filter(it -> it.isFile() && it.sizeBytes() == file.sizeBytes())
            .map(it -> new Found(place, file.sha256().get(), file.sizeBytes()));
      }
    }
    return Optional.empty();
  }

  private List<Manifest> manifests() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (CommitId commit : store.versions().commits(model)) {
      try {
        store.versions().manifest(model, commit).ifPresent(manifests::add);
      } catch (UnreadableFile e) {
        // A damaged manifest vouches for nothing.
        continue;
      }
    }
    Optional<CommitId> current = current();
    manifests.sort(
        Comparator.comparing((Manifest it) -> !current.equals(Optional.of(it.commit())))
            .thenComparing(Comparator.comparing(Manifest::createdAt).reversed()));
    return manifests;
  }

  private Optional<CommitId> current() throws IOException {
    try {
      return store.versions().current(model).flatMap(Current::commit);
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }
}
