package io.modeldepot.backup.repository;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.BlockReader;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.pack.Location;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.seal.WrappedKey;
import io.modeldepot.backup.seal.WrongKey;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.volume.FreshName;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An open repository. Holds no resources but its storage, which whoever opened it closes. */
public final class Repository {
  /** The folder of the keys of a sealed one. */
  public static final String KEYS = "keys";

  private final Storage storage;
  private final RepositoryConfig config;
  private final Seal seal;

  private Repository(Storage storage, RepositoryConfig config, Seal seal) {
    this.storage = storage;
    this.config = config;
    this.seal = seal;
  }

  /** Whether there is a repository, damaged or not. */
  public static boolean exists(Storage storage) throws IOException {
    try {
      byte[] unused = storage.get(RepositoryConfig.OBJECT);
      return true;
    } catch (NoSuchObject e) {
      return false;
    }
  }

  /**
   * Makes a repository where there is none. The configuration is put last, so a repository that was
   * not made to the end is none.
   *
   * @param key seals everything in it; without one everything lies open
   * @throws NoRepository if there is one, or what is left of one
   */
  public static Repository create(Storage storage, Optional<OperatorKey> key, Clock clock)
      throws IOException {
    if (exists(storage)) {
      throw new NoRepository("There is a repository at " + storage.place() + " already.");
    }
    for (String folder : List.of(Snapshots.FOLDER, Location.FOLDER)) {
      if (!storage.list(folder).isEmpty()) {
        throw new NoRepository(
            "At "
                + storage.place()
                + " lie backups whose "
                + RepositoryConfig.OBJECT
                + " is gone: put it back, or give another place. Nothing was written.");
      }
    }
    boolean sealed = key.isPresent();
    if (sealed) {
      storage.put(
          KEYS + "/k-" + FreshName.eightHex() + ".json",
          SummedJson.write(WrappedKey.fresh(key.get())));
    }
    RepositoryConfig config =
        new RepositoryConfig(
            RepositoryConfig.FORMAT,
            UUID.randomUUID().toString(),
            FrameEncoder.BLOCK_BYTES,
            sealed ? RepositoryConfig.AES : RepositoryConfig.NONE,
            sealed ? RepositoryConfig.HKDF : RepositoryConfig.NONE,
            clock.instant());
    storage.put(RepositoryConfig.OBJECT, SummedJson.write(config));
    return open(storage, key);
  }

  /**
   * Opens a repository.
   *
   * @throws NoRepository if there is none, or one that a newer version made
   * @throws WrongKey if it is sealed and this key does not open it, or there is none
   * @throws DamagedObject if its configuration, or a key that no other replaces, is damaged
   */
  public static Repository open(Storage storage, Optional<OperatorKey> key) throws IOException {
    RepositoryConfig config = config(storage);
    if (config.format() != RepositoryConfig.FORMAT
        || config.blockBytes() != FrameEncoder.BLOCK_BYTES) {
      throw new NoRepository(
          "The repository at "
              + storage.place()
              + " has format "
              + config.format()
              + ", which this version does not know; use a newer one.");
    }
    if (!config.sealed()) {
      return new Repository(storage, config, Seal.none());
    }
    if (key.isEmpty()) {
      throw new WrongKey(
          "The repository at " + storage.place() + " is sealed; give the file of its key.");
    }
    return new Repository(storage, config, unwrap(storage, key.get()));
  }

  private static RepositoryConfig config(Storage storage) throws IOException {
    try {
      return SummedJson.read(
          storage.get(RepositoryConfig.OBJECT), RepositoryConfig.class, RepositoryConfig.OBJECT);
    } catch (NoSuchObject e) {
      throw new NoRepository("There is no repository at " + storage.place() + ".");
    }
  }

  private static Seal unwrap(Storage storage, OperatorKey key) throws IOException {
    List<Storage.Stored> keys = storage.list(KEYS);
    Optional<DamagedObject> damaged = Optional.empty();
    for (Storage.Stored object : keys) {
      try {
        return SummedJson.read(storage.get(object.name()), WrappedKey.class, object.name())
            .open(key);
      } catch (WrongKey e) {
        continue;
      } catch (DamagedObject e) {
        // Another of its keys may open it.
        damaged = Optional.of(e);
      }
    }
    if (damaged.isPresent()) {
      // Perhaps the one that this key opens: whoever holds it should not think it is the wrong one.
      throw damaged.get();
    }
    throw new WrongKey(
        "The key does not open the repository at "
            + storage.place()
            + (keys.isEmpty() ? ": its folder keys/ is empty." : "."));
  }

  /** Adds a key that opens the repository too. */
  public void addKey(OperatorKey known, OperatorKey added) throws IOException {
    for (Storage.Stored object : storage.list(KEYS)) {
      try {
        WrappedKey again =
            SummedJson.read(storage.get(object.name()), WrappedKey.class, object.name());
        storage.put(
            KEYS + "/k-" + FreshName.eightHex() + ".json",
            SummedJson.write(again.rewrap(known, added)));
        return;
      } catch (WrongKey | DamagedObject e) {
        continue;
      }
    }
    throw new WrongKey("The key does not open the repository at " + storage.place() + ".");
  }

  /** Where it lies. */
  public Storage storage() {
    return storage;
  }

  /** What it says of itself. */
  public RepositoryConfig config() {
    return config;
  }

  /** How its bytes are sealed. */
  public Seal seal() {
    return seal;
  }

  /** Its snapshots. */
  public Snapshots snapshots() {
    return new Snapshots(storage, seal);
  }

  /** Where its blocks lie now. */
  public BlockIndex index() throws IOException {
    return BlockIndex.load(storage, seal);
  }

  /** A reader of its blocks, for one thread; the caller closes it. */
  public BlockReader reader() {
    return new BlockReader(storage, seal);
  }
}
