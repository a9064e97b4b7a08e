package io.modeldepot.downloader.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The time and the only way to let it pass. Tests bring one in which waiting takes no time. */
public interface Timekeeper {

  /** The wall clock, for what is told to people and what a hub says in dates. */
  Instant now();

  /** A monotonic clock in nanoseconds; only differences mean something. */
  long nanos();

  /**
   * Waits.
   *
   * @return true when the time has passed, false when the token was cancelled or the thread
   *     interrupted before that; the interrupt status is kept
   */
  boolean pause(Duration duration, CancelToken cancel);

  /** Chance, for waits that are not to end all at once. */
  default RandomGenerator random() {
    return RandomGenerator.getDefault();
  }

  /** The machine's own clock. */
  static Timekeeper system() {
    return SystemTime.INSTANCE;
  }
}
