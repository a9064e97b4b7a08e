package io.modeldepot.backup.save;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.pack.Location;
import io.modeldepot.backup.pack.PackWriter;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.snapshot.RegistryPart;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.FreshName;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Makes backups of one volume into one repository. */
public final class Backup {
  private final ModelStore store;
  private final Repository repository;
  private final Clock clock;

  /** Backups of a volume. */
  public Backup(ModelStore store, Repository repository, Clock clock) {
    this.store = store;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Makes a backup. When it returns the snapshot is in the repository and everything it names is;
   * when it fails there is no snapshot, and the next attempt goes on with the packs that were put.
   *
   * @throws io.modeldepot.backup.repository.Locked if somebody else writes there
   * @throws io.modeldepot.backup.storage.StorageFailed if the repository's place refuses
   */
  public Snapshot run(BackupOrder order, RegistryData registry, Watcher watcher)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Storage storage = repository.storage();
    try (RepositoryLock lock =
        RepositoryLock.take(storage, order.instance(), "backup", order.times())) {
      long unused = storage.sweep(Location.FOLDER);
      Instant time = clock.instant();
      Inventory inventory = Inventory.of(store, order.scope());
      BlockIndex index = repository.index();
      PackWriter packs = new PackWriter(storage, repository.seal());
      Map<Sha256, SavedContent> contents = new TreeMap<>();
      RegistryPart registryPart;
      long added;
      try (BlockPacking packing =
          new BlockPacking(repository.seal(), index, packs, order.threads())) {
        inventory.leaveOut(save(inventory, index, packing, contents, watcher));
        registryPart = new DumpSaver(packing).save(registry, contents);
        packs.flush();
        added = packing.addedBytes();
      }
      BlockIndex.put(storage, repository.seal(), "i-" + FreshName.eightHex(), packs.written());
      keepNamed(inventory, registryPart, contents);
      Snapshot snapshot =
          new Snapshot(
              Snapshot.FORMAT,
              "b-" + FreshName.eightHex(),
              time,
              store.volume().location(),
              store.volume().id().toString(),
              order.scope(),
              order.requestId(),
              inventory.versions(),
              contents,
              registryPart,
              inventory.leftOut(),
              new Snapshot.Totals(
                  inventory.files(),
                  inventory.models(),
                  inventory.versions().size(),
                  contents.values().stream().mapToLong(SavedContent::sizeBytes).sum(),
                  added,
                  (System.nanoTime() - begun) / 1_000_000));
      requireAll(snapshot, index, packs);
      lock.requireHeld();
      repository.snapshots().put(snapshot);
      return snapshot;
    }
  }

  /**
   * Saves every content.
   *
   * @return what could not be saved, and why
   */
  private Map<Sha256, String> save(
      Inventory inventory,
      BlockIndex index,
      BlockPacking packing,
      Map<Sha256, SavedContent> contents,
      Watcher watcher)
      throws IOException, InterruptedException {
    Map<Sha256, SavedContent> known = new Known(repository.snapshots(), index).contents();
    Map<Sha256, String> lost = new HashMap<>();
    long total = inventory.bytes();
    int files = inventory.files();
    AtomicLong done = new AtomicLong();
    ContentSaver saver =
        new ContentSaver(store, packing, bytes -> watcher.at(done.addAndGet(bytes), total, files));
    for (Inventory.Wanted wanted : inventory.contents()) {
      SavedContent saved = known.get(wanted.sha256());
      long before = done.get();
      if (saved != null && saved.sizeBytes() == wanted.sizeBytes()) {
        contents.put(wanted.sha256(), saved);
      } else {
        try {
          contents.put(wanted.sha256(), saver.save(wanted));
        } catch (WrongBytes e) {
          store.volume().requireStillHere();
          lost.put(wanted.sha256(), String.valueOf(e.getMessage()));
        }
      }
      done.set(before + wanted.sizeBytes());
      watcher.at(done.get(), total, files);
    }
    return lost;
  }

  /** Contents of versions that were left out are nobody's. */
  private static void keepNamed(
      Inventory inventory, RegistryPart registry, Map<Sha256, SavedContent> contents) {
    Set<Sha256> named = new HashSet<>();
    inventory
        .versions()
        .forEach(v -> v.manifest().files().forEach(f -> f.sha256().ifPresent(named::add)));
    registry.sha256().ifPresent(named::add);
    contents.keySet().retainAll(named);
  }

  /** Looks once more that every pack the snapshot needs is there, before it is said so. */
  private void requireAll(Snapshot snapshot, BlockIndex index, PackWriter packs)
      throws IOException {
    Set<String> there = new HashSet<>();
    for (Storage.Stored object : repository.storage().list(Location.FOLDER)) {
      there.add(object.name().substring(object.name().lastIndexOf('/') + 1));
    }
    Set<String> written = new HashSet<>();
    packs.written().forEach(pack -> pack.entries().forEach(e -> written.add(e.id().value())));
    for (io.modeldepot.backup.pack.Pack pack : packs.written()) {
      require(there, pack.name());
    }
    for (SavedContent content : snapshot.contents().values()) {
      for (io.modeldepot.backup.seal.BlockId id : content.blocks()) {
        if (!written.contains(id.value())) {
          require(
              there,
              index
                  .find(id)
                  .map(Location::pack)
                  .orElseThrow(() -> new DamagedObject("block " + id, "it was not packed")));
        }
      }
    }
  }

  private static void require(Set<String> there, String pack) throws DamagedObject {
    if (!there.contains(pack)) {
      throw new DamagedObject(Location.object(pack), "it is gone");
    }
  }
}
