package io.modeldepot.store.keep;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Knows whether the volume is here. Safe for threads. */
public final class VolumeKeeper {
  private final Keeping keeping;
  private final Clock clock;
  private final Consumer<String> tell;
  private final Object lock = new Object();
  private @Nullable Shelf shelf;
  private @Nullable UUID seen;
  private boolean closed;
  private String why = "Nobody has looked for the volume yet.";

  /**
   * Which volume is kept, and by whom.
   *
   * @param root where it is mounted
   * @param location the location that it must belong to
   * @param instance names this process in its claims
   * @param times how long is alive; everybody who shares a volume has the same
   */
  public record Keeping(
      Path root, LocationName location, String instance, Function<Capabilities, ClaimTimes> times) {

    /** Makes the root absolute. */
    public Keeping {
      root = root.toAbsolutePath().normalize();
    }
  }

  /**
   * A keeper that has not looked yet.
   *
   * @param tell hears in words when the volume comes and goes
   */
  public VolumeKeeper(Keeping keeping, Clock clock, Consumer<String> tell) {
    this.keeping = keeping;
    this.clock = clock;
    this.tell = tell;
  }

  /** The location that this process serves. */
  public LocationName location() {
    return keeping.location();
  }

  /** Where the volume is, or should be. */
  public Path root() {
    return keeping.root();
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
          tell.accept(
              "Volume %s of location %s is here: %s"
                  .formatted(shelf.store().volume().id(), location(), root()));
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
      giveBack();
      lock.notifyAll();
    }
  }

  private Shelf open() throws IOException {
    ModelStore store = ModelStore.open(root(), Optional.ofNullable(seen), clock, new LinuxCalls());
    LocationName its = store.volume().location();
    if (!its.equals(location())) {
      throw new IOException(root() + " belongs to the location " + its + ", not " + location());
    }
    seen = store.volume().id();
    Claims claims =
        store.claims(keeping.instance(), keeping.times().apply(store.volume().capabilities()));
    claims.startBeating();
    return new Shelf(store, claims);
  }

  private void gone(String reason) {
    if (!reason.equals(why) || shelf != null) {
      tell.accept("There is no volume to work on: " + reason);
    }
    why = reason;
    giveBack();
  }

  private void giveBack() {
    if (shelf == null) {
      return;
    }
    try {
      shelf.claims().close();
    } catch (IOException e) {
      tell.accept("A claim could not be given back; it ends by standing still: " + e.getMessage());
    }
    shelf = null;
  }
}
