package io.modeldepot.backup.bundle;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.manifest.Current;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a volume has: its versions, and the contents of their files. Contents that only the cache
 * has are not in it, for nothing keeps them.
 *
 * @param volumeId whose it is
 * @param madeAt when
 * @param versions sorted by model and commit
 * @param contents digest to length, sorted
 */
public record SiteInventory(
    UUID volumeId, Instant madeAt, List<Held> versions, Map<Sha256, Long> contents) {

  /**
   * A version that is there.
   *
   * @param files {@link #filesOf} its manifest
   * @param current whether it is the model's current one
   */
  public record Held(ModelName model, CommitId commit, Sha256 files, boolean current) {}

  /** What is on a volume now. */
  public static SiteInventory of(ModelStore store, Instant now) throws IOException {
    List<Held> versions = new ArrayList<>();
    Map<Sha256, Long> contents = new TreeMap<>();
    for (ModelName model : store.versions().models()) {
      Optional<CommitId> current = store.versions().current(model).flatMap(Current::commit);
      for (CommitId commit : store.versions().commits(model)) {
        Optional<Manifest> manifest = store.versions().manifest(model, commit);
        if (manifest.isPresent()) {
          versions.add(
              new Held(
                  model,
                  commit,
                  filesOf(manifest.get()),
                  current.filter(commit::equals).isPresent()));
          manifest
              .get()
              .presentFiles()
              .forEach(file -> contents.put(digest(file), file.sizeBytes()));
        }
      }
    }
    return new SiteInventory(store.volume().id(), now, versions, contents);
  }

  /**
   * SHA-256 over the files of a version: a line {@code <sha256> <path>} for each that is present,
   * sorted by path. What was judged of it here or there does not change it.
   */
  public static Sha256 filesOf(Manifest manifest) {
    return Sha256.ofText(
        manifest.presentFiles().stream()
            .sorted(java.util.Comparator.comparing(ManifestFile::path))
            .map(file -> digest(file) + "  " + file.path() + "\n")
            .collect(Collectors.joining()));
  }

  private static Sha256 digest(ManifestFile file) {
    return file.sha256().orElseThrow();
  }

  /**
   * Whether there is nothing to bring of a version: the same files are there, and it is current
   * there if it is here.
   *
   * @param held {@link #versions}, to be looked up in
   */
  public static boolean has(Set<Held> held, Manifest manifest, boolean current) {
    Sha256 files = filesOf(manifest);
    return held.contains(new Held(manifest.model(), manifest.commit(), files, true))
        || !current && held.contains(new Held(manifest.model(), manifest.commit(), files, false));
  }

  /** Whether it has a content. */
  public boolean has(BundledContent content) {
    Long size = contents.get(content.sha256());
    return size != null && size == content.sizeBytes();
  }
}
