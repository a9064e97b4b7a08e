package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.pace.CancelToken;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many jobs are worked on at once. Safe for threads. */
final class Slots {
  private static final long LOOK_MILLIS = 200;

  private final Semaphore free;

  Slots(int count) {
    this.free = new Semaphore(count, true);
  }

  /** One slot in the hands of one job; may be left and taken again. Belongs to one thread. */
  final class Slot {
    private boolean held;

    private Slot(boolean held) {
      this.held = held;
    }

    /**
     * Waits for a free slot.
     *
     * @return whether it was got; false when told to stop
     */
    boolean take(CancelToken stop) throws InterruptedException {
      while (!held && !stop.isCancelled()) {
        held = free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return held;
    }

    void leave() {
      if (held) {
        held = false;
        free.release();
      }
    }
  }

  /** A slot, if one is free now. */
  java.util.Optional<Slot> tryTake() {
    return free.tryAcquire() ? java.util.Optional.of(new Slot(true)) : java.util.Optional.empty();
  }

  /** A slot that is not held yet. */
  Slot none() {
    return new Slot(false);
  }

  boolean isAnyFree() {
    return free.availablePermits() > 0;
  }
}
