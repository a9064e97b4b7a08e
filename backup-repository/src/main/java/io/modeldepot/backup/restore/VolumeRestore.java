package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.LeftOut;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.volume.Clearing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Restores to a volume. Restoring twice is restoring once: what is there and whole is not written
 * again. After a failure the same call goes on; contents that were verified before are in the
 * cache.
 */
public final class VolumeRestore {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Shelf shelf;
  private final ModelStore store;
  private final Repository repository;
  private final ToLongFunction<ModelName> shownGeneration;
  private final Set<Sha256> whole = new HashSet<>();
  private final List<RestoreReport.Restored> restored = new ArrayList<>();
  private final List<LeftOut> failed = new ArrayList<>();
  private long writtenBytes;
  private long keptBytes;
  private int files;

  /**
   * @param shownGeneration the highest generation that was announced of a model; 0 for none
   */
  public VolumeRestore(
      Shelf shelf, Repository repository, ToLongFunction<ModelName> shownGeneration) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.repository = repository;
    this.shownGeneration = shownGeneration;
  }

  /**
   * Restores, once.
   *
   * @param threads how many unpack at once
   * @throws NothingToRestore if the snapshot has nothing of it
   * @throws NoRoom if the volume has too little room; nothing was written
   * @throws io.modeldepot.store.keep.ModelBusy if somebody works on a model for minutes; what was
   *     restored before stays
   */
  public RestoreReport run(Snapshot snapshot, Scope scope, int threads, Watcher watcher)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Choice choice = Choice.of(snapshot, scope);
    Contents contents = store.contents();
    requireRoom(choice, contents);
    ContentOnVolume there = new ContentOnVolume(store, contents);
    BlockIndex index = repository.index();
    try (BlockFetch blocks = new BlockFetch(repository, index, threads)) {
      ContentWriter writer = new ContentWriter(store.volume().calls(), blocks);
      for (SavedVersion version : choice.versions()) {
        Manifest manifest = version.manifest();
        try {
          Publication publication =
              shelf.underClaim(
                  manifest.model(),
                  PATIENCE,
                  claim -> restore(claim, version, choice, there, writer, watcher));
          files += manifest.presentFiles().size();
          restored.add(
              new RestoreReport.Restored(
                  manifest.model(),
                  manifest.commit(),
                  publication.outcome().name().toLowerCase(Locale.ROOT)));
        } catch (DamagedObject e) {
          failed.add(
              new LeftOut(
                  manifest.model(),
                  manifest.commit(),
                  Optional.empty(),
                  String.valueOf(e.getMessage())));
        }
      }
    }
    return new RestoreReport(
        restored, failed, files, writtenBytes, keptBytes, (System.nanoTime() - begun) / 1_000_000);
  }

  private Publication restore(
      Claim claim,
      SavedVersion version,
      Choice choice,
      ContentOnVolume there,
      ContentWriter writer,
      Watcher watcher)
      throws IOException, InterruptedException {
    Manifest manifest = version.manifest();
    Path scratch = claim.freshScratch();
    Map<Sha256, Path> parts = new HashMap<>();
    long total = choice.bytes();
    for (ManifestFile file : manifest.presentFiles()) {
      Sha256 digest = Choice.digest(file);
      SavedContent content = choice.content(file);
      if (parts.containsKey(digest)) {
        continue;
      }
      if (there.has(manifest, file)) {
        if (whole.add(digest)) {
          keptBytes += content.sizeBytes();
        }
      } else {
        Path part = scratch.resolve(String.valueOf(parts.size()));
        writer.write(digest, content, part, b -> {});
        claim.guard(
            () -> {
              store.blobs().keep(part, digest, content.sizeBytes());
              return part;
            });
        parts.put(digest, part);
        there.brought(digest);
        if (whole.add(digest)) {
          writtenBytes += content.sizeBytes();
        }
      }
      watcher.at(writtenBytes + keptBytes, total, choice.files());
    }
    long shown = Math.max(shownGeneration.applyAsLong(manifest.model()), version.generation());
    Publication publication = store.publisher().publish(claim, manifest, parts, shown);
    if (version.signature().isPresent() && !store.versions().isSigned(manifest)) {
      store
          .versionFiles()
          .sign(claim, manifest.model(), manifest.commit(), version.signatureFile().orElseThrow());
    }
    // Published is published; what is left of the work the next holder clears away.
    boolean unused = new Clearing(store.volume()).away(scratch);
    return publication;
  }

  private void requireRoom(Choice choice, Contents contents) throws IOException {
    long needed = 0;
    Set<Sha256> counted = new HashSet<>();
    for (SavedVersion version : choice.versions()) {
      for (ManifestFile file : version.manifest().presentFiles()) {
        Sha256 digest = Choice.digest(file);
        if (counted.add(digest)
            && store.blobs().find(digest, file.sizeBytes()).isEmpty()
            && contents.find(digest, file.sizeBytes()).isEmpty()) {
          needed += file.sizeBytes();
        }
      }
    }
    long free = store.space().balance().freeBytes();
    if (needed > free) {
      throw new NoRoom(needed, free);
    }
  }
}
