package io.modeldepot.backup.pack;

import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.BrokenSeal;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where every block lies. Index files are a cache of what packs say of themselves: a pack that no
 * readable index file names is asked itself, which is how a backup that died goes on with what it
 * had put; what index files say of packs that are gone counts for nothing.
 */
public final class BlockIndex {
  private final Map<String, Pack> packs;
  private final Map<BlockId, Location> blocks = new HashMap<>();
  private final Map<BlockId, Location> doubtful = new HashMap<>();
  private final List<DamagedObject> damaged;

  private BlockIndex(Map<String, Pack> packs, List<Pack> doubted, List<DamagedObject> damaged) {
    this.packs = packs;
    this.damaged = damaged;
    packs.values().forEach(pack -> add(pack, blocks));
    doubted.forEach(pack -> add(pack, doubtful));
  }

  private static void add(Pack pack, Map<BlockId, Location> to) {
    for (PackEntry e : pack.entries()) {
      to.putIfAbsent(e.id(), new Location(pack.name(), e.offset(), e.length(), e.rawLength()));
    }
  }

  /** Reads what there is now. */
  public static BlockIndex load(Storage storage, Seal seal) throws IOException {
    return load(storage, seal, Set.of());
  }

  /**
   * Reads what there is now; a block is looked for in the packs to avoid last.
   *
   * @param avoid packs that are to go
   */
  public static BlockIndex load(Storage storage, Seal seal, Set<String> avoid) throws IOException {
    Map<String, Pack> named = new HashMap<>();
    List<DamagedObject> damaged = new ArrayList<>();
    for (Storage.Stored file : storage.list(IndexFile.FOLDER)) {
      try {
        IndexFile.read(storage, seal, file.name()).forEach(p -> named.put(p.name(), p));
      } catch (DamagedObject e) {
        damaged.add(e);
      } catch (NoSuchObject e) {
        // A prune replaced it meanwhile; what it said the packs say too.
        continue;
      }
    }
    return present(storage, seal, avoid, named, damaged);
  }

  /** The same from what the packs say of themselves alone; index files are not asked. */
  public static BlockIndex ofPacks(Storage storage, Seal seal, Set<String> avoid)
      throws IOException {
    return present(storage, seal, avoid, Map.of(), new ArrayList<>());
  }

  private static BlockIndex present(
      Storage storage,
      Seal seal,
      Set<String> avoid,
      Map<String, Pack> named,
      List<DamagedObject> damaged)
      throws IOException {
    Map<String, Pack> present = new TreeMap<>();
    List<Pack> doubted = new ArrayList<>();
    for (Storage.Stored object : storage.list(Location.FOLDER)) {
      String name = object.name().substring(object.name().lastIndexOf('/') + 1);
      Pack known = named.get(name);
      if (known != null && known.sizeBytes() == object.sizeBytes()) {
        present.put(name, known);
        continue;
      }
      try {
        present.put(
            name,
            new Pack(
                name,
                object.sizeBytes(),
                PackTrailer.read(storage, name, object.sizeBytes(), seal)));
      } catch (DamagedObject | BrokenSeal e) {
        damaged.add(
            e instanceof DamagedObject its
                ? its
                : new DamagedObject(object.name(), "its index does not open", e));
        Optional.ofNullable(known).ifPresent(doubted::add);
      } catch (NoSuchObject e) {
        // A prune removed it since it was listed; whoever needs a block of it will say so.
        continue;
      }
    }
    Map<String, Pack> ordered = new java.util.LinkedHashMap<>();
    present.values().stream()
        .filter(p -> !avoid.contains(p.name()))
        .forEach(p -> ordered.put(p.name(), p));
    present.values().forEach(p -> ordered.putIfAbsent(p.name(), p));
    return new BlockIndex(ordered, doubted, damaged);
  }

  /** Puts an index file that names these packs. */
  public static void put(Storage storage, Seal seal, String id, List<Pack> packs)
      throws IOException {
    if (!packs.isEmpty()) {
      IndexFile.put(storage, seal, id, packs);
    }
  }

  /** Where a block lies, if it is anywhere. */
  public synchronized Optional<Location> find(BlockId id) {
    return Optional.ofNullable(blocks.get(id));
  }

  /**
   * Where a block lies or should lie, for whoever compares what is read with its id: also in a pack
   * that is damaged at its end, where an index file says what was in it.
   *
   * @throws DamagedObject if it is nowhere
   */
  public synchronized Location require(BlockId id) throws DamagedObject {
    Location sure = blocks.get(id);
    Location perhaps = sure == null ? doubtful.get(id) : sure;
    if (perhaps == null) {
      throw new DamagedObject(
          "block " + id,
          damaged.isEmpty()
              ? "no pack has it any more"
              : "no pack has it that can be read; "
                  + damaged.stream().map(DamagedObject::object).collect(Collectors.joining(", "))
                  + " cannot be");
    }
    return perhaps;
  }

  /** Whether all these blocks are there. */
  public synchronized boolean hasAll(List<BlockId> ids) {
    return blocks.keySet().containsAll(ids);
  }

  /** Every pack that can be read, by name. */
  public Map<String, Pack> packs() {
    return packs;
  }

  /** What could not be read. */
  public List<DamagedObject> damaged() {
    return damaged;
  }

  /** How many blocks there are. */
  public synchronized int size() {
    return blocks.size();
  }
}
