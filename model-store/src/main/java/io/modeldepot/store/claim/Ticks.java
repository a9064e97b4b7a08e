package io.modeldepot.store.claim;

import java.time.Duration;

/** A monotonic clock, and the only way in which claims let time pass. */
public interface Ticks {
  /** This machine's. */
  Ticks MACHINE =
      new Ticks() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Nanoseconds; only differences mean something. */
  long nanos();

  /** Waits. */
  void pause(Duration duration) throws InterruptedException;
}
