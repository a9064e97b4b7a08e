package io.modeldepot.placement.memory;

/**
 * A way to serve a model.
 *
 * @param variant form of the weights
 * @param users at the same time
 * @param contextTokens that each may use
 * @param tensorParallel number of shards, each on a GPU of its own
 */
public record Ask(Variant variant, int users, int contextTokens, int tensorParallel) {

  /** Refuses less than one of anything. */
  public Ask {
    if (users < 1 || contextTokens < 1 || tensorParallel < 1) {
      throw new IllegalArgumentException("At least one user, one token and one GPU.");
    }
  }
}
