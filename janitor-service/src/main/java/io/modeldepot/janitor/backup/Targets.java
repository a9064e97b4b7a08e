package io.modeldepot.janitor.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.backup.repository.NoRepository;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.backup.storage.StorageFailed;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The places of backups that are configured. */
@ApplicationScoped
public class Targets {
  /** The one that is meant where none is named. */
  public static final String DEFAULT = "default";

  private final BackupSettings settings;
  private final Clock clock;

  @Inject
  Targets(BackupSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * An open repository.
   *
   * @param target its name
   * @param repository the repository; closing closes its storage
   */
  public record Opened(String target, Repository repository) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      repository.storage().close();
    }
  }

  /** {@code .depot/janitor/targets/<name>.json}: which repository was seen at a target. */
  record Seen(@JsonProperty(required = true) String repositoryId) {}

  /** The names of the targets that have a place, the default one first. */
  public List<String> names() {
    return settings.targets().entrySet().stream()
        .filter(e -> Places.isSet(e.getValue()))
        .map(java.util.Map.Entry::getKey)
        .sorted(
            java.util.Comparator.comparing((String n) -> !n.equals(DEFAULT)).thenComparing(n -> n))
        .toList();
  }

  /**
   * Opens the repository of a target.
   *
   * @throws NoTarget if there is no such target
   * @throws NoRepository if there is none, or the one that was there before is not
   */
  public Opened open(Optional<String> name, ModelStore store) throws IOException {
    return open(name, store, false);
  }

  /** The same; where there was never a repository one is made. */
  public Opened openOrMake(Optional<String> name, ModelStore store) throws IOException {
    return open(name, store, true);
  }

  private Opened open(Optional<String> wanted, ModelStore store, boolean make) throws IOException {
    String name = wanted.orElse(DEFAULT);
    BackupSettings.Target target = settings.targets().get(name);
    if (target == null || !Places.isSet(target)) {
      throw new NoTarget(name, names());
    }
    Optional<OperatorKey> key =
        target.keyFile().isPresent()
            ? Optional.of(OperatorKey.read(target.keyFile().get()))
            : Optional.empty();
    Storage storage = Places.open(target);
    boolean opened = false;
    try {
      Opened result = new Opened(name, known(storage, key, name, store.notes("targets"), make));
      opened = true;
      return result;
    } finally {
      if (!opened) {
        storage.close();
      }
    }
  }

  private Repository known(
      Storage storage, Optional<OperatorKey> key, String name, Notes notes, boolean make)
      throws IOException {
    Optional<Seen> seen = seen(notes, name);
    if (!Repository.exists(storage)) {
      if (seen.isPresent()) {
        throw new StorageFailed(
            "The repository "
                + seen.get().repositoryId()
                + " is no longer at "
                + storage.place()
                + "; is it mounted? If it is gone for good, remove .depot/janitor/targets/"
                + name
                + ".json from the volume, and the next backup makes a new one.");
      }
      if (!make) {
        throw new NoRepository("There is no repository at " + storage.place() + " yet.");
      }
      return remember(Repository.create(storage, key, clock), notes, name);
    }
    Repository repository = Repository.open(storage, key);
    if (seen.isPresent() && !seen.get().repositoryId().equals(repository.config().id())) {
      throw new StorageFailed(
          "At "
              + storage.place()
              + " is the repository "
              + repository.config().id()
              + ", not "
              + seen.get().repositoryId()
              + " as before. If that is meant, remove .depot/janitor/targets/"
              + name
              + ".json from the volume.");
    }
    return seen.isPresent() ? repository : remember(repository, notes, name);
  }

  private static Optional<Seen> seen(Notes notes, String name) throws IOException {
    Optional<byte[]> json = notes.read(name);
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(Wire.read(json.get(), Seen.class));
    } catch (UnreadablePayload e) {
      throw new StorageFailed(
          "The note of the target " + name + " cannot be read: " + e.getMessage());
    }
  }

  private static Repository remember(Repository repository, Notes notes, String name)
      throws IOException {
    notes.write(name, Wire.write(new Seen(repository.config().id())));
    return repository;
  }
}
