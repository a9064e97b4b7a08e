package io.modeldepot.registry.notify.delivery;

import java.time.Duration;

/**
 * When something is tried again: each pause is three times the one before, up to a longest one, and
 * is shortened by up to half of it, by the id, so that what failed together does not come back
 * together. Pure.
 *
 * @param first pause
 * @param longest pause
 */
record Backoff(Duration first, Duration longest) {
  private static final int TIMES = 3;
  private static final int STEPS = 1024;

  /**
   * The pause after an attempt.
   *
   * @param id of what is tried
   * @param attempts how many there were, from 1
   */
  Duration after(String id, int attempts) {
    Duration pause = first;
    for (int one = 1; one < attempts && pause.compareTo(longest) < 0; one++) {
      pause = pause.multipliedBy(TIMES);
    }
    Duration most = pause.compareTo(longest) < 0 ? pause : longest;
    int part = Math.floorMod((id + attempts).hashCode() * 0x9E3779B1, STEPS);
    return most.minus(most.multipliedBy(part).dividedBy(2L * STEPS));
  }
}
