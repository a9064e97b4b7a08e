package io.modeldepot.janitor.volume;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.store.claim.ClaimTimes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * How long is alive, and how long is dead. Everybody who shares a volume must have the same, the
 * downloaders too.
 */
@ConfigMapping(prefix = "depot.claim")
public interface ClaimSettings {
  /** A holder writes its counter this often. */
  @WithDefault("5s")
  Duration beat();

  /**
   * Whose counter stood still for so long is taken over, at least two beats. Without it 30 s, on a
   * network file system, where a holder may wait long for an answer, 90 s.
   */
  Optional<Duration> takeover();

  /** The times on a volume. */
  default ClaimTimes on(Capabilities capabilities) {
    return new ClaimTimes(
        beat(), takeover().orElseGet(() -> ClaimTimes.of(capabilities).takeover()));
  }
}
