package io.modeldepot.store;

import java.util.Random;

/**
 * Which of many points of one kind a test takes: every so manieth, beginning at one that is drawn.
 * All of them by {@code -Ddepot.crash.every=1}, as {@code make crash} does; those that failed again
 * by {@code -Ddepot.crash.seed=…}.
 */
public final class Share {
  private static final int EVERY = Math.max(1, Integer.getInteger("depot.crash.every", 4));
  private static final long SEED = Long.getLong("depot.crash.seed", new Random().nextLong());
  private static final Share ALL = new Share(1, 0);

  private final int every;
  private final int first;

  private Share(int every, int first) {
    this.every = every;
    this.first = first;
  }

  /** All points. */
  public static Share all() {
    return ALL;
  }

  /**
   * A share of the points.
   *
   * @param of of what; the same for the same seed and the same words
   */
  public static Share drawn(Object... of) {
    StringBuilder words = new StringBuilder();
    for (Object word : of) {
      words.append(word).append(' ');
    }
    int first = new Random(SEED ^ words.toString().hashCode()).nextInt(EVERY);
    return new Share(EVERY, first);
  }

  /** The first point it takes, from 0. */
  public int first() {
    return first;
  }

  /** How far it is from one point to the next. */
  public int every() {
    return every;
  }

  /** Whether it takes a point, from 0. */
  public boolean takes(int point) {
    return point % every == first;
  }

  /** What runs the same points again, for the message of a failure. */
  @Override
  public String toString() {
    return every == 1 ? "" : " (-Ddepot.crash.every=" + every + " -Ddepot.crash.seed=" + SEED + ")";
  }
}
