package io.modeldepot.systemtests.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Chance that comes again with its seed. Each thread has its own. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Another one, which follows from this one. */
  Dice next() {
    return new Dice(random.nextLong());
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** From 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  long seed() {
    return random.nextLong();
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }
}
