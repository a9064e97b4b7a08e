package io.modeldepot.simulation.time;

import java.util.List;

/**
 * All randomness of one run, drawn from its seed: the same draws in the same order give the same
 * run. SplitMix64 (Steele, Lea and Flood, 2014).
 */
public final class Chance {
  private long state;

  /** The chance of a seed. */
  public Chance(long seed) {
    this.state = seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
  }

  /** 64 random bits. */
  public long bits() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 up to, and without, the bound. */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(bits() >>> 1, bound);
  }

  /** True so many times in a hundred. */
  public boolean percent(int times) {
    return below(100) < times;
  }

  /** One of several. */
  public <T> T oneOf(List<T> things) {
    return things.get(below(things.size()));
  }
}
