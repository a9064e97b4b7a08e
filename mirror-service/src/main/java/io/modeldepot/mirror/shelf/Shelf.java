package io.modeldepot.mirror.shelf;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.mirror.shelf.Edition.Standing;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.call.LinuxCalls;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The volume as readers see it. Answers from what it read last while that is fresh; something that
 * it does not know makes it look again at once, so a version is served as soon as it is published.
 * Blocking; for virtual threads.
 */
@ApplicationScoped
public class Shelf {
  /** However many ask for what is not there, the volume is listed at most this often. */
  private static final Duration LEAST = Duration.ofMillis(200);

  private final Path directory;
  private final Duration refresh;
  private final Books books;
  private final Troubles troubles = new Troubles();
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable ModelStore store;
  private volatile @Nullable Inventory inventory;

  Shelf(ShelfSettings settings) {
    this.directory = settings.directory();
    this.refresh = settings.refresh();
    this.books = new Books(settings.filesInMemory());
  }

  /**
   * What a repository's or a model's name leads to.
   *
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public Optional<Shelved> find(String id) {
    Optional<Shelved> known = inventory(refresh).find(id);
    return known.isPresent() ? known : inventory(LEAST).find(id);
  }

  /** The same, read no longer ago than a moment: for a revision that {@link #find} did not have. */
  public Optional<Shelved> findAgain(String id) {
    return inventory(LEAST).find(id);
  }

  /** Everything there is, by name. */
  public List<Shelved> all() {
    return inventory(refresh).all();
  }

  /**
   * The location that the volume belongs to.
   *
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public LocationName location() {
    try {
      return volume().volume().location();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /**
   * Of which pieces a file is made; empty if nobody has listed them yet.
   *
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public Optional<ChunkList> chunkList(Sha256 digest, long sizeBytes) {
    try {
      return volume().chunkLists().find(digest, sizeBytes);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** Looks whether the volume is here. */
  public void requireVolume() {
    inventory(LEAST);
  }

  /**
   * The files of a version.
   *
   * @return empty if it was removed since
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public Optional<Book> open(Edition edition) {
    Optional<Book> kept = books.find(edition);
    if (kept.isPresent()) {
      return kept;
    }
    try {
      ModelStore volume = volume();
      Optional<Book> book =
          volume
              .versions()
              .manifest(edition.model(), edition.commit())
              .map(
                  manifest ->
                      Book.of(
                          edition,
                          volume.layout().tree(edition.model(), edition.commit()),
                          manifest));
      book.ifPresent(books::keep);
      return book;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private Inventory inventory(Duration oldest) {
    Inventory last = inventory;
    if (last != null && last.isYoungerThan(oldest)) {
      return last;
    }
    reading.lock();
    try {
      last = inventory;
      if (last != null && last.isYoungerThan(oldest)) {
        return last;
      }
      Inventory now = read(last);
      troubles.reviewed();
      inventory = now;
      return now;
    } catch (IOException e) {
      throw unavailable(e);
    } finally {
      reading.unlock();
    }
  }

  private Inventory read(@Nullable Inventory last) throws IOException {
    ModelStore volume = volume();
    volume.volume().requireStillHere();
    Map<String, Edition> known = new HashMap<>();
    if (last != null) {
      last.editions().forEach(e -> known.put(key(e.model(), e.commit()) + e.stamp(), e));
    }
    List<Edition> editions = new ArrayList<>();
    for (ModelName model : volume.versions().models()) {
      Optional<CommitId> current = current(volume.versions(), model);
      for (CommitId commit : volume.versions().commits(model)) {
        Standing standing =
            current.equals(Optional.of(commit)) ? Standing.CURRENT : Standing.RETAINED;
        edition(volume, known, model, commit).ifPresent(e -> editions.add(e.with(standing)));
      }
    }
    return new Inventory(editions, System.nanoTime());
  }

  private Optional<CommitId> current(Versions versions, ModelName model) throws IOException {
    try {
      return versions.current(model).flatMap(Current::commit);
    } catch (UnreadableFile e) {
      troubles.warn("Model %s is served without a current version: %s", model, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Edition> edition(
      ModelStore volume, Map<String, Edition> known, ModelName model, CommitId commit)
      throws IOException {
    try {
      String stamp = stamp(volume.layout().manifest(model, commit));
      Edition before = known.get(key(model, commit) + stamp);
      if (before != null) {
        return Optional.of(before);
      }
      Optional<Manifest> manifest = volume.versions().manifest(model, commit);
      if (manifest.isPresent() && !isOf(manifest.get(), model, commit)) {
        troubles.warn("Version %s of %s is not served: its manifest is another's", commit, model);
        return Optional.empty();
      }
      return manifest.map(found -> Edition.of(found, Standing.RETAINED, stamp));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UnreadableFile e) {
      troubles.warn("Version %s of %s is not served: %s", commit, model, e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isOf(Manifest manifest, ModelName model, CommitId commit) {
    return manifest.model().equals(model) && manifest.commit().equals(commit);
  }

  /** A manifest is replaced by rename, so another one is another file. */
  private static String stamp(Path manifest) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(manifest, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.fileKey()
        + "/"
        + attributes.lastModifiedTime().toInstant()
        + "/"
        + attributes.size();
  }

  private static String key(ModelName model, CommitId commit) {
    return model + "@" + commit + " ";
  }

  Layout layout() {
    return new Layout(directory);
  }

  ModelStore volume() throws IOException {
    ModelStore open = store;
    if (open == null) {
      open = ModelStore.open(directory, Optional.empty(), Clock.systemUTC(), new LinuxCalls());
      store = open;
    }
    return open;
  }

  ShelfUnavailable unavailable(IOException e) {
    troubles.warn("The volume cannot be read: %s", e.getMessage());
    return new ShelfUnavailable("The volume cannot be read: " + e.getMessage(), e);
  }
}
