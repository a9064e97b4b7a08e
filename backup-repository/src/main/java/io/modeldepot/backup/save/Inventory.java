package io.modeldepot.backup.save;

import io.modeldepot.backup.snapshot.LeftOut;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Scope;
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
import io.modeldepot.store.manifest.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions that a backup is to have, fixed at its beginning, and every content of theirs once.
 */
final class Inventory {
  private final List<SavedVersion> versions = new ArrayList<>();
  private final Map<Sha256, Wanted> contents = new LinkedHashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * A content that is to be saved.
   *
   * @param sha256 of it
   * @param file how a manifest describes it
   * @param paths where trees have it
   */
  record Wanted(Sha256 sha256, ManifestFile file, List<Path> paths) {
    long sizeBytes() {
      return file.sizeBytes();
    }
  }

  private Inventory() {}

  static Inventory of(ModelStore store, Scope scope) throws IOException {
    Inventory inventory = new Inventory();
    Versions versions = store.versions();
    for (ModelName model : versions.models()) {
      Optional<Current> current = current(versions, model);
      for (CommitId commit : versions.commits(model)) {
        try {
          Optional<Manifest> manifest = versions.manifest(model, commit);
          if (manifest.isPresent() && scope.has(manifest.get().family(), model, commit)) {
            inventory.add(
                store.layout(), manifest.get(), current, versions.signature(model, commit));
          }
        } catch (UnreadableFile e) {
          if (scope.family().isEmpty() && scope.model().map(model::equals).orElse(true)) {
            inventory.leftOut.add(
                new LeftOut(model, commit, Optional.empty(), "its manifest cannot be read"));
          }
        }
      }
    }
    // One that is not mounted looks empty, and an empty backup would be said to be done.
    store.volume().requireStillHere();
    return inventory;
  }

  private static Optional<Current> current(Versions versions, ModelName model) throws IOException {
    try {
      return versions.current(model);
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }

  private void add(
      Layout layout, Manifest manifest, Optional<Current> current, Optional<byte[]> signature) {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    for (ManifestFile file : manifest.files()) {
      if (!file.present()) {
        continue;
      }
      if (file.sha256().isEmpty() || FilePaths.fault(file.path()).isPresent()) {
        leaveOut(manifest, file.path(), "its manifest names a file that cannot be saved");
        return;
      }
    }
    versions.add(
        new SavedVersion(
            current.flatMap(Current::commit).filter(manifest.commit()::equals).isPresent(),
            current.map(Current::generation).orElse(0L),
            manifest,
            signature.map(Base64.getEncoder()::encodeToString)));
    for (ManifestFile file : manifest.files()) {
      if (file.present()) {
        Sha256 digest = file.sha256().orElseThrow();
        contents
            .computeIfAbsent(digest, d -> new Wanted(d, file, new ArrayList<>(1)))
            .paths()
            .add(Layout.below(tree, file.path()));
      }
    }
  }

  private void leaveOut(Manifest manifest, String path, String why) {
    leftOut.add(new LeftOut(manifest.model(), manifest.commit(), Optional.of(path), why));
  }

  /** Takes out every version that has a content that cannot be saved. */
  void leaveOut(Map<Sha256, String> lost) {
    versions.removeIf(
        version -> {
          for (ManifestFile file : version.manifest().files()) {
            Optional<String> why = file.sha256().map(lost::get);
            if (file.present() && why.isPresent()) {
              leaveOut(version.manifest(), file.path(), why.get());
              return true;
            }
          }
          return false;
        });
  }

  List<SavedVersion> versions() {
    return versions;
  }

  /** Every content once, the small ones first: people edit those. */
  List<Wanted> contents() {
    return contents.values().stream()
        .sorted(java.util.Comparator.comparing(w -> w.sizeBytes() >= Layout.SMALL_BYTES))
        .toList();
  }

  List<LeftOut> leftOut() {
    return leftOut;
  }

  int files() {
    return versions.stream().mapToInt(v -> v.manifest().presentFiles().size()).sum();
  }

  int models() {
    return (int) versions.stream().map(v -> v.manifest().model()).distinct().count();
  }

  long bytes() {
    return contents.values().stream().mapToLong(Wanted::sizeBytes).sum();
  }
}
