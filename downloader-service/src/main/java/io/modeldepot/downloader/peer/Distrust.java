package io.modeldepot.downloader.peer;

import io.modeldepot.downloader.hub.Endpoint;
import io.modeldepot.downloader.pace.Timekeeper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Mirrors that sent wrong bytes, for as long as that counts. Safe for threads. */
final class Distrust {
  private final Duration lasts;
  private final Timekeeper time;
  private final Map<Endpoint, Long> untilNanos = new ConcurrentHashMap<>();

  Distrust(Duration lasts, Timekeeper time) {
    this.lasts = lasts;
    this.time = time;
  }

  /** Is not asked for a while. */
  void of(Endpoint mirror) {
    untilNanos.put(mirror, time.nanos() + lasts.toNanos());
  }

  /** Whether nothing speaks against asking it. */
  boolean spares(Endpoint mirror) {
    Long until = untilNanos.get(mirror);
    return until == null || until - time.nanos() <= 0;
  }
}
