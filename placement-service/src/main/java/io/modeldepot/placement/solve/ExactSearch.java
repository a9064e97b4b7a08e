package io.modeldepot.placement.solve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Looks at every plan that could be better than the best one known, for small cases: depth first,
 * the most profitable replicas first; what cannot become better, by the prices, is cut off. It
 * either ends, and then the best plan is proven to be, or it gives up after so many nodes.
 */
final class ExactSearch {
  private static final int MOST_ITEMS = 24;
  private static final int MOST_GPUS = 8;

  private final Problem problem;
  private final State state;
  private final Prices prices;
  private final int[] order;
  private final double[] profitFrom;
  private State.Snapshot best;
  private final int mostNodes;
  private long most;
  private int nodes;

  ExactSearch(State state, Prices prices, int mostNodes) {
    this.mostNodes = mostNodes;
    this.problem = state.problem;
    this.state = state;
    this.prices = prices;
    this.best = state.snapshot();
    this.order =
        IntStream.range(0, problem.items.length)
            .boxed()
            .sorted(Comparator.comparingDouble(item -> -prices.bestProfit(item)))
            .mapToInt(Integer::intValue)
            .toArray();
    this.profitFrom = new double[order.length + 1];
    for (int i = order.length - 1; i >= 0; i--) {
      profitFrom[i] = profitFrom[i + 1] + prices.bestProfit(order[i]);
    }
  }

  static boolean isFor(Problem problem) {
    return problem.items.length <= MOST_ITEMS && problem.gpuCount() <= MOST_GPUS;
  }

  /**
   * Searches.
   *
   * @return whether it came to an end: then no plan serves more than {@link #most}. The state is
   *     the best that was seen anyhow
   */
  boolean run() {
    most = state.value();
    state.restore(new State(problem).snapshot());
    boolean ended = descend(0);
    state.undoTo(0);
    state.restore(best);
    return ended;
  }

  /** No plan serves more, if the search came to an end. */
  long most() {
    return Math.max(most, best.score());
  }

  private boolean descend(int depth) {
    if (++nodes > mostNodes) {
      return false;
    }
    most = Math.max(most, state.value());
    if (state.score() > best.score()) {
      best = state.snapshot();
    }
    if (depth == order.length || state.value() + atMost(depth) < best.score() + 1) {
      return true;
    }
    int item = order[depth];
    Choices choices = problem.items[item].choices();
    for (int option = 0; option < choices.count(); option++) {
      for (int[] group : problem.groups) {
        if (!eachChoice(depth, item, option, group, choices.shards()[option])) {
          return false;
        }
      }
    }
    return descend(depth + 1);
  }

  /** What the replicas from here on can serve at most in what is left. */
  private double atMost(int depth) {
    double sum = profitFrom[depth];
    for (int gpu = 0; gpu < problem.gpuCount(); gpu++) {
      sum += prices.price(gpu) * state.free(gpu);
    }
    return sum * (1 + 1e-11);
  }

  private boolean eachChoice(int depth, int item, int option, int[] group, int shards) {
    if (group.length < shards) {
      return true;
    }
    int[] index = IntStream.range(0, shards).toArray();
    while (true) {
      int[] gpus = Arrays.stream(index).map(i -> group[i]).toArray();
      if (state.fits(item, option, gpus)) {
        int mark = state.mark();
        state.place(item, option, gpus);
        boolean ended = descend(depth + 1);
        state.undoTo(mark);
        if (!ended) {
          return false;
        }
      }
      if (!next(index, group.length)) {
        return true;
      }
    }
  }

  private static boolean next(int[] index, int count) {
    for (int i = index.length - 1; i >= 0; i--) {
      if (index[i] < count - index.length + i) {
        index[i]++;
        for (int j = i + 1; j < index.length; j++) {
          index[j] = index[j - 1] + 1;
        }
        return true;
      }
    }
    return false;
  }
}
