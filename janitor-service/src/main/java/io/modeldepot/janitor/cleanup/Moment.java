package io.modeldepot.janitor.cleanup;

import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known right now, for whoever is about to take something away: no broker, no deletions; a
 * jumped clock, no deletions; another janitor took over, no deletions; and what everybody needs is
 * joined anew each time it is asked for.
 */
final class Moment {
  /** A process that stood still for longer no longer knows who was told what meanwhile. */
  static final Duration GOOD_FOR = Duration.ofSeconds(10);

  private final Shelf shelf;
  private final ModelStore store;
  private final KnownSite site;
  private final ClockWatch clock;
  private final LongSupplier nanos;
  private @Nullable Instant volumesNow;
  private long lookedAt;

  Moment(Shelf shelf, KnownSite site, ClockWatch clock) {
    this(shelf, site, clock, System::nanoTime);
  }

  /**
   * @param nanos a monotonic clock, nanoseconds
   */
  Moment(Shelf shelf, KnownSite site, ClockWatch clock, LongSupplier nanos) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.site = site;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Hears everything that anybody was told before this call.
   *
   * @throws IOException if that cannot be had, the clock jumped, or another janitor works on the
   *     volume now; nothing may be removed then
   */
  void look() throws IOException, InterruptedException {
    lookedAt = nanos.getAsLong();
    site.requireUpToDate();
    volumesNow = clock.requireSteady(store);
    requireOurs();
  }

  /**
   * Looks again unless that was just now; asks in any case whether this is still the janitor.
   *
   * @return whether it looked again
   * @throws IOException as {@link #look}
   */
  boolean lookIfStale() throws IOException, InterruptedException {
    if (nanos.getAsLong() - lookedAt > GOOD_FOR.toNanos()) {
      look();
      return true;
    }
    requireOurs();
    return false;
  }

  private void requireOurs() throws IOException {
    shelf.requireHeld(store.janitorClaim());
  }

  /** The volume's clock at the last look. */
  Instant now() {
    return Objects.requireNonNull(volumesNow);
  }

  KnownSite site() {
    return site;
  }

  /** What other locations have, from what the topics said at the last look. */
  Elsewhere elsewhere() {
    return new Elsewhere(site.site());
  }

  /** Everything joined anew, from what the topics said at the last look and the volume says now. */
  Uses uses() throws IOException {
    Instant machines = site.site().now();
    Instant earlier = now().isBefore(machines) ? now() : machines;
    return Uses.of(site.site(), References.now(store), earlier);
  }
}
