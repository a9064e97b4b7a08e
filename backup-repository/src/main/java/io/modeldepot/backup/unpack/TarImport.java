package io.modeldepot.backup.unpack;

import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.restore.ContentOnVolume;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Takes the models of an archive in. Importing twice is importing once: what is there and whole is
 * not written again. A bad archive publishes nothing; after a failure of the volume the same call
 * goes on, and models that were published stay.
 */
public final class TarImport {
  private final Shelf shelf;
  private final ModelStore store;
  private final ToLongFunction<ModelName> shownGeneration;
  private final Adopter.Inspection inspection;
  private long packedDone;

  /**
   * @param shownGeneration the highest generation that was announced of a model; 0 for none
   * @param inspection describes a model that comes without a manifest
   */
  public TarImport(
      Shelf shelf, ToLongFunction<ModelName> shownGeneration, Adopter.Inspection inspection) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.shownGeneration = shownGeneration;
    this.inspection = inspection;
  }

  /**
   * Imports.
   *
   * @param scope all, or one family or model of it
   * @param watcher told of the packed bytes, which are read twice
   * @throws BadArchive if it may not be taken in; nothing was written
   * @throws NoRoom if the volume has too little room; nothing was written
   * @throws io.modeldepot.store.keep.ModelBusy if somebody works on a model for minutes
   */
  public ImportReport run(Path file, Packing packing, Scope scope, Watcher watcher)
      throws IOException, InterruptedException {
    long total = 2 * Files.size(file);
    packedDone = 0;
    // A content that is there already needs no room, but a disk holds no more than its size.
    long most = store.space().balance().capacityBytes();
    List<FoundModel> found =
        new Look(scope, most).at(file, packing, more -> tell(watcher, more, total));
    Contents contents = store.contents();
    ContentOnVolume there = new ContentOnVolume(store, contents);
    Map<ModelName, Set<String>> wanted = wanted(found, there);
    requireRoom(found, wanted);
    Taking taking = new Taking(shelf, found, wanted, there, shownGeneration, inspection);
    try (taking;
        ArchiveReading archive =
            ArchiveReading.open(file, packing, more -> tell(watcher, more, total))) {
      Optional<ArchiveReading.Entry> entry;
      while ((entry = archive.next()).isPresent()) {
        taking.take(archive, entry.get());
      }
    }
    return taking.report();
  }

  private void tell(Watcher watcher, long more, long total) {
    packedDone += more;
    watcher.at(Math.min(packedDone, total), total, 0);
  }

  /** The files that have to be written; one of those that share a content. */
  private static Map<ModelName, Set<String>> wanted(List<FoundModel> found, ContentOnVolume there)
      throws IOException {
    Map<ModelName, Set<String>> wanted = new HashMap<>();
    for (FoundModel model : found) {
      Set<String> paths = new HashSet<>();
      Set<Sha256> known = new HashSet<>();
      for (Map.Entry<String, FoundModel.FoundFile> file : model.files().entrySet()) {
        if (model.manifest().isEmpty()) {
          paths.add(file.getKey());
          continue;
        }
        ManifestFile said = model.said(file.getKey());
        if (!there.has(model.manifest().get(), said) && known.add(file.getValue().sha256())) {
          paths.add(file.getKey());
        }
      }
      wanted.put(model.model(), paths);
    }
    return wanted;
  }

  private void requireRoom(List<FoundModel> found, Map<ModelName, Set<String>> wanted)
      throws IOException {
    long needed = 0;
    for (FoundModel model : found) {
      List<String> paths = new ArrayList<>(wanted.getOrDefault(model.model(), Set.of()));
      for (String path : paths) {
        FoundModel.FoundFile file = model.files().get(path);
        needed += file == null || file.linkTo().isPresent() ? 0 : file.sizeBytes();
      }
    }
    long free = store.space().balance().freeBytes();
    if (needed > free) {
      throw new NoRoom(needed, free);
    }
  }
}
