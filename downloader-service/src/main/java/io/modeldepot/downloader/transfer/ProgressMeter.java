package io.modeldepot.downloader.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The rate over the last 10 samples, and how long the rest takes at it. */
final class ProgressMeter {
  private static final int SAMPLES = 10;

  private record Sample(long nanos, long fetchedBytes) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void sample(long nanos, long fetchedBytes) {
    samples.addLast(new Sample(nanos, fetchedBytes));
    if (samples.size() > SAMPLES + 1) {
      samples.removeFirst();
    }
  }

  Optional<Long> bytesPerSecond() {
    if (samples.size() < 2) {
      return Optional.empty();
    }
    Sample oldest = samples.getFirst();
    Sample newest = samples.getLast();
    double seconds = (newest.nanos() - oldest.nanos()) / 1e9;
    return seconds <= 0
        ? Optional.empty()
        : Optional.of(Math.round((newest.fetchedBytes() - oldest.fetchedBytes()) / seconds));
  }

  Optional<Long> etaSeconds(long bytesLeft) {
    return bytesPerSecond().filter(rate -> rate > 0).map(rate -> Math.ceilDiv(bytesLeft, rate));
  }
}
