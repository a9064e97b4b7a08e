package io.modeldepot.store.claim;

import io.modeldepot.store.claim.Claim.Origin;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one process, which runs as the volume's owner: makes them, takes them, watches
 * those of others. Closing it releases every claim that it still holds.
 */
public final class Claims implements AutoCloseable {
  private static final int LOOKS = 50;

  private final Volume volume;
  private final FileCalls calls;
  private final String instance;
  private final ClaimTimes times;
  private final LongSupplier nanos;
  private final Ticks ticks;
  private final Map<Path, Seen> watched = new HashMap<>();
  private final Set<Claim> held = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable Thread beating;
  private volatile boolean ownerChecked;

  /** What an observer remembers of a claim: which holder, which counter, since when. */
  private record Seen(Holder holder, String beat, long sinceNanos) {}

  /** The claims of an instance with the usual times and this machine's monotonic clock. */
  public Claims(Volume volume, String instance) {
    this(volume, instance, ClaimTimes.of(volume.capabilities()), System::nanoTime);
  }

  /**
   * The claims of an instance.
   *
   * @param instance names the process in the names of its claims
   * @param nanos a monotonic clock, nanoseconds
   */
  public Claims(Volume volume, String instance, ClaimTimes times, LongSupplier nanos) {
    this(volume, instance, times, nanos, Ticks.MACHINE);
  }

  /**
   * The claims of an instance that lives in a time of its own.
   *
   * @param ticks all the time that they know of
   */
  public Claims(Volume volume, String instance, ClaimTimes times, Ticks ticks) {
    this(volume, instance, times, ticks::nanos, ticks);
  }

  private Claims(
      Volume volume, String instance, ClaimTimes times, LongSupplier nanos, Ticks ticks) {
    this.volume = volume;
    this.calls = volume.calls();
    this.instance = Holder.next(instance, calls).instance();
    this.times = times;
    this.nanos = nanos;
    this.ticks = ticks;
  }

  /**
   * Makes a claim that did not exist, free. Its parent exists. Atomic: nobody ever sees it empty.
   *
   * @return whether it was made; false if it was there
   */
  public boolean create(Path place) throws IOException {
    if (calls.stat(place).isPresent()) {
      return false;
    }
    Path fresh = place.resolveSibling(Layout.HIDDEN + "new-" + FreshName.eightHex(calls));
    calls.mkdir(fresh, DirectoryTree.DIRECTORY_MODE);
    try {
      calls.mkdir(fresh.resolve(Layout.FREE), DirectoryTree.DIRECTORY_MODE);
      calls.rename(fresh, place);
      return true;
    } catch (FileCallFailed e) {
      DirectoryTree.remove(calls, fresh);
      if (e.errno() == Errno.ENOTEMPTY || e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }

  /** Takes a claim that is free; empty if it is held, absent, or somebody was faster. */
  public Optional<Claim> take(Path place) throws IOException {
    return rename(place, Layout.FREE, Origin.TAKEN);
  }

  /**
   * Takes a claim whose holder stood still long enough; empty if it did not, or somebody was
   * faster. What the holder left is in {@link Claim#work}.
   */
  public Optional<Claim> takeOver(Path place) throws IOException {
    return switch (observe(place)) {
      case Observation.Abandoned abandoned ->
          rename(place, abandoned.holder().toString(), Origin.TAKEN_OVER);
      case Observation.Absent _, Observation.Free _, Observation.Held _, Observation.Unclear _ ->
          Optional.empty();
    };
  }

  /** Takes a claim if it is free or abandoned. */
  public Optional<Claim> takeIfPossible(Path place) throws IOException {
    Optional<Claim> taken = take(place);
    return taken.isPresent() ? taken : takeOver(place);
  }

  /**
   * Waits for a claim, which is made if it does not exist.
   *
   * @return empty if it was held by the living for so long
   * @throws IOException if what is there is no claim, also after so long
   */
  public Optional<Claim> await(Path place, Duration patience)
      throws IOException, InterruptedException {
    long start = ticks.nanos();
    boolean made = create(place);
    while (true) {
      Optional<Claim> claim = takeIfPossible(place);
      if (claim.isPresent()) {
        return claim;
      }
      if (ticks.nanos() - start > patience.toNanos()) {
        if (observe(place) instanceof Observation.Unclear unclear) {
          throw new IOException("Nobody can take the claim " + place + ": " + unclear.detail());
        }
        return Optional.empty();
      }
      ticks.pause(Duration.ofMillis(made ? 1 : 50));
    }
  }

  /**
   * Looks at a claim. Every look at a held claim is remembered: one that has stood still since an
   * earlier look for the time of a takeover is abandoned.
   */
  public Observation observe(Path place) throws IOException {
    List<String> entries;
    try {
      entries = entries(place);
    } catch (FileCallFailed e) {
      return switch (e.errno()) {
        case ENOENT, ENOTDIR -> unwatched(place, new Observation.Absent());
        case EACCES, EPERM -> unwatched(place, new Observation.Unclear("it may not be read"));
        default -> throw e;
      };
    }
    if (entries.size() != 1) {
      return unwatched(place, new Observation.Unclear("it has not one entry but " + entries));
    }
    String entry = entries.getFirst();
    if (entry.equals(Layout.FREE)) {
      return unwatched(place, new Observation.Free());
    }
    Optional<Holder> holder = Holder.ofEntry(entry);
    Optional<String> beat = holder.isPresent() ? beat(place.resolve(entry)) : Optional.empty();
    if (holder.isEmpty() || beat.isEmpty()) {
      return unwatched(place, new Observation.Unclear("its entry is no holder's: " + entry));
    }
    return watched(place, holder.get(), beat.get());
  }

  private Observation unwatched(Path place, Observation seen) {
    synchronized (lock) {
      watched.remove(place);
    }
    return seen;
  }

  private Observation watched(Path place, Holder holder, String beat) {
    synchronized (lock) {
      long now = nanos.getAsLong();
      Seen seen = watched.get(place);
      if (seen == null || !seen.holder().equals(holder) || !seen.beat().equals(beat)) {
        watched.put(place, new Seen(holder, beat, now));
        return new Observation.Held(holder, Duration.ZERO);
      }
      Duration unchanged = Duration.ofNanos(now - seen.sinceNanos());
      return unchanged.compareTo(times.takeover()) >= 0
          ? new Observation.Abandoned(holder)
          : new Observation.Held(holder, unchanged);
    }
  }

  /** The claims that this process holds now. */
  public Set<Claim> held() {
    return Set.copyOf(held);
  }

  /**
   * Writes the counter of every claim held. One that cannot be written is tried again next time;
   * one that is lost is forgotten.
   */
  public void beat() {
    for (Claim claim : held) {
      try {
        claim.beat();
      } catch (IOException e) {
        // A lost claim has ended itself. Any other refusal: the next beat tries again, and if none
        // succeeds in time somebody takes over, which is what a volume that refuses us calls for.
      }
    }
  }

  /** Beats all claims from a thread of its own until this is closed. */
  public void startBeating() {
    synchronized (lock) {
      if (beating == null) {
        // A platform thread: a counter must not stand still because virtual threads are many.
        beating = Thread.ofPlatform().daemon().name("claims-" + instance).start(this::keepBeating);
      }
    }
  }

  private void keepBeating() {
    try {
      while (true) {
        ticks.pause(times.beat());
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The claim that this process has at a place, as far as it knows. */
  public Optional<Claim> holding(Path place) {
    return held().stream().filter(claim -> claim.place().equals(place)).findFirst();
  }

  /** Stops beating and releases every claim that is still held. */
  @Override
  public void close() throws IOException {
    synchronized (lock) {
      if (beating != null) {
        beating.interrupt();
        beating = null;
      }
    }
    IOException failed = null;
    for (Claim claim : held()) {
      try {
        claim.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private Optional<Claim> rename(Path place, String entry, Origin origin) throws IOException {
    Holder holder = Holder.next(instance, calls);
    if (!ownerChecked) {
      volume.requireOwner();
      ownerChecked = true;
    }
    try {
      calls.rename(place.resolve(entry), place.resolve(holder.toString()));
    } catch (FileCallFailed e) {
      boolean gone = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
      // A network file system may repeat a rename whose answer it lost, and report the repetition.
      if (!gone || calls.stat(place.resolve(holder.toString())).isEmpty()) {
        if (gone) {
          return Optional.empty();
        }
        throw e;
      }
    }
    try {
      Claim claim = Claim.begin(volume, place, holder, origin, held::remove);
      held.add(claim);
      return Optional.of(claim);
    } catch (IOException e) {
      // After a takeover it stays as it is: once it were free, the next holder would not know that
      // somebody may still have its files open.
      if (origin == Origin.TAKEN) {
        giveBack(place, holder, e);
      }
      throw e;
    }
  }

  /** A claim that could not be entered must not stay taken until somebody finds it abandoned. */
  private void giveBack(Path place, Holder holder, IOException cause) {
    try {
      calls.rename(place.resolve(holder.toString()), place.resolve(Layout.FREE));
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private List<String> entries(Path place) throws IOException {
    List<String> entries = List.of();
    // A directory read while its entry is renamed may show both names or none.
    for (int look = 0; look < LOOKS && entries.size() != 1; look++) {
      entries = calls.list(place);
    }
    return entries;
  }

  /** What the counter shows; empty if the entry is no directory. */
  private Optional<String> beat(Path holder) throws IOException {
    try {
      return Optional.of(
          new String(SafeFile.read(calls, holder.resolve("beat")), StandardCharsets.US_ASCII));
    } catch (FileCallFailed e) {
      return switch (e.errno()) {
        case ENOENT -> Optional.of("");
        case ENOTDIR -> Optional.empty();
        default -> throw e;
      };
    }
  }
}
