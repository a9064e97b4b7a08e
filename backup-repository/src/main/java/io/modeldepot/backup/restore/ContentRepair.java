package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.volume.Clearing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings damaged files of a version that is on the volume from a backup. Contents go by digest, so
 * a backup of another version, or of another model, has them as well. Every block is verified, and
 * the whole content, before it takes the damaged file's place; the version stays what it is,
 * current or not.
 */
public final class ContentRepair {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Shelf shelf;
  private final ModelStore store;
  private final Repository repository;
  private final int threads;

  /**
   * @param threads how many unpack at once
   */
  public ContentRepair(Shelf shelf, Repository repository, int threads) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.repository = repository;
    this.threads = threads;
  }

  /**
   * Repairs, with the newest backup that has everything that is needed, whole.
   *
   * @param damaged of the manifest; every one has a SHA-256
   * @param shownGeneration the highest generation that was announced of the model; 0 for none
   * @return the backup; empty if none has it, and then nothing was changed
   * @throws NoRoom if the volume has too little room; nothing was written
   * @throws io.modeldepot.store.keep.ModelBusy if somebody works on the model
   */
  public Optional<String> run(Manifest manifest, List<ManifestFile> damaged, long shownGeneration)
      throws IOException, InterruptedException {
    requireRoom(damaged);
    Set<Sha256> wanted = new HashSet<>();
    for (ManifestFile file : damaged) {
      wanted.add(Choice.digest(file));
    }
    Snapshots snapshots = repository.snapshots();
    BlockIndex index = repository.index();
    for (Snapshots.Named named : snapshots.list().reversed()) {
      try (BlockFetch blocks = new BlockFetch(repository, index, threads)) {
        Snapshot snapshot = snapshots.read(named);
        if (snapshot.contents().keySet().containsAll(wanted)) {
          bring(manifest, wanted, snapshot.contents(), blocks, shownGeneration);
          return Optional.of(snapshot.id());
        }
      } catch (DamagedObject e) {
        // An older one may have it whole; a check of the backups names what is damaged there.
        continue;
      }
    }
    return Optional.empty();
  }

  private void bring(
      Manifest manifest,
      Set<Sha256> wanted,
      Map<Sha256, SavedContent> contents,
      BlockFetch blocks,
      long shownGeneration)
      throws IOException, InterruptedException {
    ContentWriter writer = new ContentWriter(store.volume().calls(), blocks);
    boolean unused =
        shelf.underClaim(
            manifest.model(),
            PATIENCE,
            claim -> {
              Path scratch = claim.freshScratch();
              Map<Sha256, Path> parts = new HashMap<>();
              for (Sha256 digest : wanted) {
                Path part = scratch.resolve(String.valueOf(parts.size()));
                SavedContent content = java.util.Objects.requireNonNull(contents.get(digest));
                writer.write(digest, content, part, bytes -> {});
                parts.put(digest, part);
              }
              publish(claim, manifest, parts, shownGeneration);
              // Published is published; what is left of the work the next holder clears away.
              return new Clearing(store.volume()).away(scratch);
            });
  }

  private void publish(
      Claim claim, Manifest manifest, Map<Sha256, Path> parts, long shownGeneration)
      throws IOException {
    Optional<CommitId> current =
        store.versions().current(manifest.model()).flatMap(Current::commit);
    var unused =
        current.equals(Optional.of(manifest.commit()))
            ? store.publisher().publish(claim, manifest, parts, shownGeneration)
            : store.publisher().bringBack(claim, manifest, parts, shownGeneration);
  }

  private void requireRoom(List<ManifestFile> damaged) throws IOException {
    long needed = damaged.stream().mapToLong(ManifestFile::sizeBytes).sum();
    long free = store.space().balance().freeBytes();
    if (needed > free) {
      throw new NoRoom(needed, free);
    }
  }
}
