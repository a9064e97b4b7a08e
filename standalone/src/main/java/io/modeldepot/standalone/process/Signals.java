package io.modeldepot.standalone.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** Ctrl-C and the like: the first asks to stop in order, a second one to stop at once. */
final class Signals {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger count = new AtomicInteger();
  private final Runnable atOnce;
  private volatile Runnable first = () -> {};

  /**
   * Listens from now on.
   *
   * @param atOnce what the second one does, on a thread of its own
   */
  Signals(Runnable atOnce) {
    this.atOnce = atOnce;
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal.handle(new Signal(name), signal -> received());
    }
  }

  /** What the first one does beside ending the wait. */
  void atFirst(Runnable action) {
    first = action;
    if (asked.getCount() == 0) {
      action.run();
    }
  }

  /** True once asked to stop. */
  boolean askedToStop() {
    return asked.getCount() == 0;
  }

  /** Returns when asked to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  private void received() {
    if (count.incrementAndGet() == 1) {
      asked.countDown();
      first.run();
    } else {
      atOnce.run();
    }
  }
}
