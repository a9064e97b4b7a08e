package io.modeldepot.placement.solve;

import java.util.SplittableRandom;

/** Random choices that one seed repeats. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From 0 to 1. */
  double share() {
    return random.nextDouble();
  }

  /** Around 1: between one half and one and a half. */
  double noise() {
    return 0.5 + random.nextDouble();
  }
}
