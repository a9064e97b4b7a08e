package io.modeldepot.downloader.volume;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.LinuxCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Knows whether the volume is here. Safe for threads. */
@ApplicationScoped
public class VolumeKeeper {
  private static final Logger LOG = Logger.getLogger(VolumeKeeper.class);

  private final Path root;
  private final LocationName location;
  private final Opening opening;
  private final Object lock = new Object();
  private @Nullable Shelf shelf;
  private @Nullable UUID seen;
  private boolean closed;
  private String why = "Nobody has looked for the volume yet.";

  @Inject
  VolumeKeeper(VolumeSettings settings, ClaimSettings times, ServiceIdentity identity) {
    this(
        settings.modelsDir().toAbsolutePath().normalize(),
        LocationName.of(settings.location()),
        (root, seen) -> open(root, seen, times, identity.instance()));
  }

  /** A keeper that opens a volume in a way of its own. */
  public VolumeKeeper(Path root, LocationName location, Opening opening) {
    this.root = root;
    this.location = location;
    this.opening = opening;
  }

  /** How a volume is opened, with claims that beat. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Opens it.
     *
     * @param seen the volume's id, if it was seen before
     */
    Shelf open(Path root, Optional<UUID> seen) throws IOException;
  }

  /** The location that this process serves. */
  public LocationName location() {
    return location;
  }

  /** Where the volume is, or should be. */
  public Path root() {
    return root;
  }

  /** The open volume, as of the last look. */
  public Optional<Shelf> shelf() {
    synchronized (lock) {
      return Optional.ofNullable(shelf);
    }
  }

  /** Why there is none, in words; empty if there is one. */
  public Optional<String> absence() {
    synchronized (lock) {
      return shelf == null ? Optional.of(why) : Optional.empty();
    }
  }

  /**
   * Waits until the volume is here.
   *
   * @throws InterruptedException also when this process ends
   */
  public Shelf await() throws InterruptedException {
    synchronized (lock) {
      while (shelf == null) {
        if (closed) {
          throw new InterruptedException("This process ends.");
        }
        lock.wait();
      }
      return shelf;
    }
  }

  /**
   * Looks whether the volume is here and still the same.
   *
   * @return the open volume
   */
  public Optional<Shelf> look() {
    synchronized (lock) {
      if (closed) {
        return Optional.empty();
      }
      try {
        if (shelf == null) {
          shelf = open();
          LOG.infof(
              "Volume %s of location %s is here: %s", shelf.store().volume().id(), location, root);
          lock.notifyAll();
        } else {
          shelf.store().volume().requireStillHere();
        }
      } catch (IOException e) {
        gone(String.valueOf(e.getMessage()));
      }
      return Optional.ofNullable(shelf);
    }
  }

  /** Gives every claim back that is still held. */
  public void close() {
    synchronized (lock) {
      closed = true;
      why = "This process ends.";
      if (shelf != null) {
        giveBack(shelf);
        shelf = null;
      }
      lock.notifyAll();
    }
  }

  private static Shelf open(Path root, Optional<UUID> seen, ClaimSettings times, String instance)
      throws IOException {
    ModelStore store = ModelStore.open(root, seen, Clock.systemUTC(), new LinuxCalls());
    Claims claims = store.claims(instance, times.on(store.volume().capabilities()));
    claims.startBeating();
    return new Shelf(store, claims);
  }

  private Shelf open() throws IOException {
    Shelf opened = opening.open(root, Optional.ofNullable(seen));
    ModelStore store = opened.store();
    LocationName its = store.volume().location();
    if (!its.equals(location)) {
      giveBack(opened);
      throw new IOException(root + " belongs to the location " + its + ", not " + location);
    }
    seen = store.volume().id();
    return opened;
  }

  private void gone(String reason) {
    if (!reason.equals(why) || shelf != null) {
      LOG.warnf("There is no volume to work on: %s", reason);
    }
    why = reason;
    if (shelf != null) {
      giveBack(shelf);
      shelf = null;
    }
  }

  private static void giveBack(Shelf shelf) {
    try {
      shelf.claims().close();
    } catch (IOException e) {
      LOG.debug("A claim could not be given back; it ends by standing still.", e);
    }
  }
}
