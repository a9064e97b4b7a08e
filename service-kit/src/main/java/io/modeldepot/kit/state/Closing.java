package io.modeldepot.kit.state;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * That a reader is being closed. A flag that can be waited for; Kafka's client bears no interrupts.
 */
final class Closing {
  private final CountDownLatch begun = new CountDownLatch(1);

  void begin() {
    begun.countDown();
  }

  boolean begun() {
    return begun.getCount() == 0;
  }

  /** Returns after this time, or earlier when closing begins. */
  void orAfter(Duration pause) {
    try {
      begun.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      begin();
      Thread.currentThread().interrupt();
    }
  }
}
