package io.modeldepot.placement.plan;

import java.util.List;

/**
 * A decision on every replica that is asked for.
 *
 * @param placed what runs where
 * @param unplaced what runs nowhere
 * @param value what is served
 * @param bound no plan can serve more; proven
 */
public record Plan(Assignments placed, List<ReplicaId> unplaced, long value, long bound) {

  /** Refuses a value above what is proven to be the most. */
  public Plan {
    unplaced = unplaced.stream().sorted().toList();
    if (value > bound) {
      throw new IllegalArgumentException("%d is above the bound %d".formatted(value, bound));
    }
  }

  /** How far below the best possible the plan can be at most: 0 to 1. */
  public double gapToBound() {
    return bound == 0 ? 0 : (double) (bound - value) / bound;
  }
}
