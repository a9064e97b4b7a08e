package io.modeldepot.placement.intake;

import java.time.Duration;

/**
 * When to plan.
 *
 * @param quiet so long nothing must have changed
 * @param patience but at the latest so long after the first change
 */
public record Timing(Duration quiet, Duration patience) {
  /** Half a second of quiet, five seconds at most. */
  public static final Timing USUAL = new Timing(Duration.ofMillis(500), Duration.ofSeconds(5));
}
