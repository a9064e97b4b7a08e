package io.modeldepot.placement.intake;

import java.time.Instant;

/** Turns many changes into one reason to plan. One thread. */
final class Debounce {
  private final Timing timing;
  private long planned = -1;
  private long seen = -1;
  private Instant firstChange = Instant.MAX;
  private Instant lastChange = Instant.MAX;

  Debounce(Timing timing) {
    this.timing = timing;
  }

  /** Whether it is time to plan, at this count of changes. */
  boolean due(long changes, Instant now) {
    if (changes == planned) {
      return false;
    }
    if (changes != seen) {
      if (seen == planned) {
        firstChange = now;
      }
      seen = changes;
      lastChange = now;
    }
    return !now.isBefore(lastChange.plus(timing.quiet()))
        || !now.isBefore(firstChange.plus(timing.patience()));
  }

  /** A plan was made of everything up to this count. */
  void planned(long changes) {
    planned = changes;
    seen = changes;
  }
}
