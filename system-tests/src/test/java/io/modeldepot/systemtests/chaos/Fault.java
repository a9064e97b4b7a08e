package io.modeldepot.systemtests.chaos;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that goes wrong for a while.
 *
 * @param kind what is counted
 * @param targets what it is done to; nothing has two faults at once
 * @param begin makes it go wrong
 * @param end makes it right again
 * @param lasts between the two
 */
record Fault(String kind, Set<String> targets, Step begin, Step end, Duration lasts) {

  /** What may fail. */
  interface Step {
    void run() throws Exception;
  }

  /** One that is over as soon as it is done. */
  static Fault once(String kind, String target, Step step) {
    return new Fault(kind, Set.of(target), step, () -> {}, Duration.ZERO);
  }

  @Override
  public String toString() {
    return kind + ": " + String.join(", ", new TreeSet<>(targets));
  }
}
