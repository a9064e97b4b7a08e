package io.modeldepot.janitor.scrub;

import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.time.Duration;

/** Whether downloads run, looked at now and then. Safe for threads. */
final class Busy {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final Shelf shelf;
  private boolean last;
  private long lookedNanos;

  Busy(Shelf shelf) {
    this.shelf = shelf;
    this.lookedNanos = System.nanoTime() - BETWEEN_LOOKS.toNanos();
  }

  synchronized boolean now() {
    if (System.nanoTime() - lookedNanos >= BETWEEN_LOOKS.toNanos()) {
      lookedNanos = System.nanoTime();
      try {
        last = !shelf.store().journals().claimed().isEmpty();
      } catch (IOException e) {
        last = true;
      }
    }
    return last;
  }
}
