package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.AnnounceSettings;
import io.modeldepot.downloader.announce.StorageTeller;
import io.modeldepot.downloader.announce.VersionAnnouncer;
import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.JanitorNews;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.publish.Wishes;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.terms.ModelName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the volume as the catalog wishes it where nothing has to be fetched, and announces the
 * whole location at start, whenever a volume comes back, and every few hours. Works on one thread.
 */
@ApplicationScoped
public class Follower {
  private static final Logger LOG = Logger.getLogger(Follower.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final VolumeKeeper volume;
  private final Catalog catalog;
  private final KnownVersions known;
  private final JanitorNews janitor;
  private final Wishes wishes;
  private final VersionAnnouncer announcer;
  private final Runnable storageChanged;
  private final Duration every;
  private final Timekeeper time;
  private final Set<ModelName> changed = new LinkedHashSet<>();
  private CancelToken news = new CancelToken();

  /** To be announced with the next attempt, whether or not that one changes anything. */
  private final Set<ModelName> untold = ConcurrentHashMap.newKeySet();

  @Inject
  Follower(
      VolumeKeeper volume,
      Catalog catalog,
      KnownVersions known,
      JanitorNews janitor,
      Wishes wishes,
      VersionAnnouncer announcer,
      StorageTeller storage,
      AnnounceSettings settings) {
    this(
        volume,
        catalog,
        known,
        janitor,
        wishes,
        announcer,
        storage::changed,
        settings.every(),
        Timekeeper.system());
  }

  /**
   * A follower that lives in a time of its own.
   *
   * @param storageChanged is told that the volume holds something else now
   * @param every how often the whole location is announced
   */
  public Follower(
      VolumeKeeper volume,
      Catalog catalog,
      KnownVersions known,
      JanitorNews janitor,
      Wishes wishes,
      VersionAnnouncer announcer,
      Runnable storageChanged,
      Duration every,
      Timekeeper time) {
    this.volume = volume;
    this.catalog = catalog;
    this.known = known;
    this.janitor = janitor;
    this.wishes = wishes;
    this.announcer = announcer;
    this.storageChanged = storageChanged;
    this.every = every;
    this.time = time;
  }

  /** The catalog says something new of a model. */
  public void changed(ModelName model) {
    synchronized (changed) {
      changed.add(model);
      news.cancel();
    }
  }

  /** Somebody else changed what the volume has of a model: it is to be announced again. */
  public void announce(ModelName model) {
    untold.add(model);
    changed(model);
  }

  /** Follows until interrupted. */
  public void keepFollowing() throws InterruptedException {
    Shelf announced = null;
    long announcedAt = 0;
    while (true) {
      Shelf shelf = volume.await();
      if (!catalog.isComplete() || !known.isComplete() || !janitor.isComplete()) {
        sleep(LOOK);
        continue;
      }
      boolean due = time.nanos() - announcedAt > every.toNanos();
      if (shelf != announced || due) {
        announced = all(shelf) ? shelf : null;
        announcedAt = time.nanos();
        if (announced == null) {
          sleep(TRY_AGAIN);
        }
        continue;
      }
      Optional<ModelName> next = next();
      if (next.isPresent() && !follow(shelf, next.get())) {
        changed(next.get());
        sleep(TRY_AGAIN);
      }
    }
  }

  private boolean all(Shelf shelf) throws InterruptedException {
    try {
      shelf.store().journals().sweep();
      List<Path> unused = shelf.store().leftovers().clear();
      announcer.announceAll(shelf);
      shelf.store().rescan().models().forEach(this::changed);
      storageChanged.run();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warnf("The location could not be announced yet: %s", e);
      return false;
    }
  }

  private boolean follow(Shelf shelf, ModelName model) throws InterruptedException {
    boolean wasUntold = untold.remove(model);
    try {
      boolean byUs = wishes.follow(shelf, model) == Wishes.Outcome.CHANGED;
      if (byUs || wasUntold) {
        announcer.announce(shelf, model);
        storageChanged.run();
      }
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warnf("%s does not follow the catalog yet: %s", model, e);
      untold.add(model);
      return false;
    }
  }

  private void sleep(Duration duration) throws InterruptedException {
    boolean unused = time.pause(duration, new CancelToken());
    requireNotInterrupted();
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("This process ends.");
    }
  }

  private Optional<ModelName> next() throws InterruptedException {
    CancelToken awaited;
    synchronized (changed) {
      if (changed.isEmpty()) {
        news = new CancelToken();
      }
      awaited = news;
    }
    boolean unused = time.pause(LOOK, awaited);
    requireNotInterrupted();
    synchronized (changed) {
      @Nullable ModelName first = changed.isEmpty() ? null : changed.iterator().next();
      if (first != null) {
        changed.remove(first);
      }
      return Optional.ofNullable(first);
    }
  }
}
