package io.modeldepot.testkit.hub;

/** How many of something there are at once, and were at most. Safe for threads. */
final class Gauge {
  private int now;
  private int most;

  /** One of them; ends once, however often it is closed. */
  final class Entry implements AutoCloseable {
    private boolean over;

    @Override
    public void close() {
      synchronized (Gauge.this) {
        now -= over ? 0 : 1;
        over = true;
      }
    }
  }

  synchronized Entry enter() {
    now++;
    most = Math.max(most, now);
    return new Entry();
  }

  synchronized int most() {
    return most;
  }
}
