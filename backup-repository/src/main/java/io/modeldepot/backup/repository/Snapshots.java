package io.modeldepot.backup.repository;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.seal.BrokenSeal;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The snapshots of a repository: {@code snapshots/<time>-<id>.json}. */
public final class Snapshots {
  /** The word for the newest one. */
  public static final String LATEST = "latest";

  static final String FOLDER = "snapshots";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern NAME =
      Pattern.compile(FOLDER + "/(\\d{8}T\\d{6}Z)-(b-[0-9a-f]{8})\\.json");

  private final Storage storage;
  private final Seal seal;

  Snapshots(Storage storage, Seal seal) {
    this.storage = storage;
    this.seal = seal;
  }

  /**
   * What the name of a snapshot says.
   *
   * @param object its object
   * @param id its id
   * @param time when, to the second
   * @param sizeBytes of the object
   */
  public record Named(String object, String id, Instant time, long sizeBytes) {}

  /** All of them, oldest first, by their names alone. */
  public List<Named> list() throws IOException {
    return storage.list(FOLDER).stream().flatMap(o -> named(o).stream()).toList();
  }

  private static Optional<Named> named(Storage.Stored object) {
    Matcher matcher = NAME.matcher(object.name());
    return matcher.matches()
        ? Optional.of(
            new Named(
                object.name(),
                matcher.group(2),
                TIME.parse(matcher.group(1), Instant::from),
                object.sizeBytes()))
        : Optional.empty();
  }

  /**
   * The one that is meant: by its id, by the beginning of its id if there is only one such, or the
   * newest by the word {@code latest}.
   *
   * @throws UnknownSnapshot if there is none or several
   */
  public Named find(String wanted) throws IOException {
    List<Named> all = list();
    if (wanted.equals(LATEST) && !all.isEmpty()) {
      return all.getLast();
    }
    List<Named> found = all.stream().filter(n -> n.id().startsWith(wanted)).toList();
    if (found.size() != 1 || wanted.isEmpty()) {
      throw new UnknownSnapshot(wanted, storage.place(), all.size());
    }
    return found.getFirst();
  }

  /**
   * Reads one.
   *
   * @throws DamagedObject if it cannot be read
   */
  public Snapshot read(Named named) throws IOException {
    byte[] sealed = storage.get(named.object());
    try {
      byte[] json = seal.open(sealed, 0, sealed.length, named.object());
      Snapshot snapshot = SummedJson.read(json, Snapshot.class, named.object());
      if (!snapshot.id().equals(named.id())) {
        throw new DamagedObject(named.object(), "it is another snapshot");
      }
      return snapshot;
    } catch (BrokenSeal e) {
      throw new DamagedObject(named.object(), "it cannot be read", e);
    }
  }

  /** Puts one: from now on it is a backup. */
  public void put(Snapshot snapshot) throws IOException {
    String object = FOLDER + "/" + TIME.format(snapshot.time()) + "-" + snapshot.id() + ".json";
    byte[] json = SummedJson.write(snapshot);
    storage.put(object, seal.seal(json, 0, json.length, object));
  }

  /** Forgets one; its blocks stay until a prune finds that nobody needs them. */
  public void forget(Named named) throws IOException {
    storage.delete(named.object());
  }
}
