package io.modeldepot.placement.solve;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How hard to try.
 *
 * @param search how long to look for something better
 * @param proofNodes how many plans a small case is looked through for the best one; then the search
 *     for a proof is given up
 */
public record Effort(Budget search, int proofNodes) {
  private static final int USUAL_PROOF = 3_000_000;

  /** So many steps: the same plan every time. */
  public static Effort steps(long steps, int proofNodes) {
    return new Effort(Budget.steps(steps), proofNodes);
  }

  /** So long, and the usual proof after it: a tenth of a second or two, of small cases only. */
  public static Effort time(Duration duration, LongSupplier nanoTime) {
    return new Effort(Budget.time(duration, nanoTime), USUAL_PROOF);
  }
}
