package io.modeldepot.store.claim;

import io.modeldepot.events.state.Capabilities;
import java.time.Duration;

/**
 * How long is alive, and how long is dead.
 *
 * @param beat a holder writes its counter this often
 * @param takeover an observer takes over after the counter stood still this long
 */
public record ClaimTimes(Duration beat, Duration takeover) {
  /** Refuses times under which a living holder would be taken for dead. */
  public ClaimTimes {
    if (beat.isNegative() || beat.isZero() || takeover.compareTo(beat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "A holder beats every " + beat + ", so takeover after " + takeover + " is too early.");
    }
  }

  /** Every 5 s; over after 30 s, on a network file system after 90 s. */
  public static ClaimTimes of(Capabilities capabilities) {
    return new ClaimTimes(
        Duration.ofSeconds(5), Duration.ofSeconds(capabilities.network() ? 90 : 30));
  }
}
