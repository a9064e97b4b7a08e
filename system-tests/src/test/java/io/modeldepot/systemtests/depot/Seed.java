package io.modeldepot.systemtests.depot;

import java.util.SplittableRandom;

/** Dice that can be thrown again: the seed is printed, and a system property sets it. */
public final class Seed {
  private Seed() {}

  /** Dice from the property, else from a new seed. */
  public static SplittableRandom of(String property) {
    Long given = Long.getLong(property);
    long seed = given == null ? System.nanoTime() : given;
    System.out.printf("Seed: -D%s=%d runs this again.%n", property, seed);
    return new SplittableRandom(seed);
  }
}
