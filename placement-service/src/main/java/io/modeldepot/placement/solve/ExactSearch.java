package io.modeldepot.placement.solve;

import io.modeldepot.placement.rules.Spread;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every plan that could be better than the best one known, for small cases: depth first,
 * the most profitable replicas and places first. It either ends, and then the best plan is proven
 * to be, or it gives up after so many nodes.
 *
 * <p>What cannot become better is cut off: by the prices, with what still fits of each replica that
 * is to come and what they can use of each GPU; places that profit too little for any better plan
 * are never looked at. Of plans that differ only in the names of equal GPUs or of a model's
 * replicas one is looked at: the one whose places come first in the order of {@link Spot}.
 */
final class ExactSearch {
  private final Problem problem;
  private final State state;
  private final ExactCase given;
  private final int mostNodes;
  private final long[] free;
  private final long[] on;
  private final int[] chosen;
  private final double[][] usableAt;
  private int[] best = {};
  private long bestScore;
  private long most;
  private long value;
  private long tolls;
  private int nodes;

  ExactSearch(State state, Prices prices, int mostNodes) {
    this.mostNodes = mostNodes;
    this.problem = state.problem;
    this.state = state;
    this.most = state.value();
    this.bestScore = state.score();
    this.given = ExactCase.of(problem, prices, bestScore + 1);
    this.free = problem.capacity.clone();
    this.on = new long[problem.gpuCount()];
    this.chosen = new int[given.depths()];
    this.usableAt = new double[given.depths()][problem.gpuCount()];
  }

  /**
   * Searches. The state is the best that was seen afterwards.
   *
   * @return whether it came to an end: then no plan serves more than {@link #most}
   */
  boolean run() {
    boolean ended = descend(0);
    if (best.length > 0) {
      state.restore(new State(problem).snapshot());
      for (int depth = 0; depth < best.length; depth++) {
        if (best[depth] < given.spots()[depth].length) {
          Spot spot = given.spots()[depth][best[depth]];
          state.place(given.order()[depth], spot.option(), spot.gpus());
        }
      }
      state.keep();
    }
    return ended;
  }

  /** No plan serves more, if the search came to an end. */
  long most() {
    return most;
  }

  private boolean descend(int depth) {
    if (++nodes > mostNodes) {
      return false;
    }
    look(depth);
    if (depth == given.depths()) {
      return true;
    }
    Spot[] here = given.spots()[depth];
    double[] usable = usableFrom(depth + 1);
    double others = value + profitsFrom(depth + 1);
    double worth = worthBeside(0, 0, null);
    int sibling = given.sibling()[depth];
    for (int i = sibling < 0 ? 0 : chosen[sibling]; i < here.length; i++) {
      Spot spot = here[i];
      if (!isEnough(others + worth + spot.profit())) {
        break;
      }
      if (fits(depth, spot)
          && isEnough(others + spot.value() + worthBeside(spot.bits(), spot.bytes(), usable))
          && !tryOn(depth, i)) {
        return false;
      }
    }
    chosen[depth] = here.length;
    return !isEnough(others + worthBeside(0, 0, usable)) || descend(depth + 1);
  }

  private void look(int depth) {
    most = Math.max(most, value);
    long score = value - tolls;
    if (score > bestScore) {
      bestScore = score;
      best = chosen.clone();
      for (int later = depth; later < best.length; later++) {
        best[later] = given.spots()[later].length;
      }
    }
  }

  private boolean isEnough(double atMost) {
    return atMost * ExactCase.ROUNDING >= bestScore + 1;
  }

  private boolean tryOn(int depth, int index) {
    Spot spot = given.spots()[depth][index];
    chosen[depth] = index;
    value += spot.value();
    tolls += spot.toll();
    for (int gpu : spot.gpus()) {
      free[gpu] -= spot.bytes();
      on[gpu] |= 1L << depth;
    }
    boolean ended = descend(depth + 1);
    for (int gpu : spot.gpus()) {
      free[gpu] += spot.bytes();
      on[gpu] &= ~(1L << depth);
    }
    value -= spot.value();
    tolls -= spot.toll();
    return ended;
  }

  /**
   * What is left, by its price, when so much is taken of these GPUs.
   *
   * @param usable what can be of use of each; null for all
   */
  private double worthBeside(int gpus, long bytes, double @Nullable [] usable) {
    double sum = 0;
    for (int gpu = 0; gpu < free.length; gpu++) {
      long left = (gpus & 1 << gpu) == 0 ? free[gpu] : free[gpu] - bytes;
      sum += given.price()[gpu] * (usable == null ? left : Math.min(left, usable[gpu]));
    }
    return sum;
  }

  /** What the replicas from here on can take of each GPU at most. */
  private double[] usableFrom(int depth) {
    double[] usable = usableAt[depth - 1];
    for (int gpu = 0; gpu < usable.length; gpu++) {
      usable[gpu] = 0;
      for (int later = depth; later < given.depths(); later++) {
        usable[gpu] += largest(given.sizesOn()[later][gpu], free[gpu]);
      }
    }
    return usable;
  }

  private static long largest(long[] sizes, long limit) {
    int i = sizes.length - 1;
    while (i >= 0 && sizes[i] > limit) {
      i--;
    }
    return i < 0 ? 0 : sizes[i];
  }

  /** The most that each replica from here on can make of what is left. */
  private double profitsFrom(int depth) {
    double sum = 0;
    for (int later = depth; later < given.depths(); later++) {
      sum += mostProfit(later);
    }
    return sum;
  }

  private double mostProfit(int depth) {
    for (Spot spot : given.spots()[depth]) {
      if (spot.profit() <= 0) {
        return 0;
      }
      if (hasRoom(spot)) {
        return spot.profit();
      }
    }
    return 0;
  }

  private boolean hasRoom(Spot spot) {
    for (int gpu : spot.gpus()) {
      if (spot.bytes() > free[gpu]) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(int depth, Spot spot) {
    if (!hasRoom(spot)) {
      return false;
    }
    for (int gpu : spot.gpus()) {
      boolean before = given.twin()[gpu] >= 0 && on[gpu] == 0 && on[given.twin()[gpu]] == 0;
      if (before && (spot.bits() & 1 << given.twin()[gpu]) == 0
          || (on[gpu] & given.conflicts()[depth]) != 0) {
        return false;
      }
    }
    return problem.items[given.order()[depth]].spread() != Spread.HOSTS || isApart(depth, spot);
  }

  /** Whether no replica of its model is on a host of these GPUs. */
  private boolean isApart(int depth, Spot spot) {
    int model = problem.items[given.order()[depth]].model();
    for (int earlier = 0; earlier < depth; earlier++) {
      if (problem.items[given.order()[earlier]].model() == model
          && chosen[earlier] < given.spots()[earlier].length) {
        for (int gpu : given.spots()[earlier][chosen[earlier]].gpus()) {
          if ((given.beside()[gpu] & spot.bits()) != 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
