package io.modeldepot.janitor.cleanup;

import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.store.ModelStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known right now, for whoever is about to take something away: no broker, no deletions; a
 * jumped clock, no deletions; and what everybody needs is joined anew each time it is asked for.
 */
final class Moment {
  private final ModelStore store;
  private final KnownSite site;
  private final ClockWatch clock;
  private @Nullable Instant volumesNow;

  Moment(ModelStore store, KnownSite site, ClockWatch clock) {
    this.store = store;
    this.site = site;
    this.clock = clock;
  }

  /**
   * Hears everything that anybody was told before this call.
   *
   * @throws IOException if that cannot be had, or the clock jumped; nothing may be removed then
   */
  void look() throws IOException, InterruptedException {
    site.requireUpToDate();
    volumesNow = clock.requireSteady(store);
  }

  /** The volume's clock at the last look. */
  Instant now() {
    return Objects.requireNonNull(volumesNow);
  }

  KnownSite site() {
    return site;
  }

  /** Everything joined anew, from what the topics said at the last look and the volume says now. */
  Uses uses() throws IOException {
    Instant machines = site.site().now();
    Instant earlier = now().isBefore(machines) ? now() : machines;
    return Uses.of(site.site(), References.now(store), earlier);
  }
}
