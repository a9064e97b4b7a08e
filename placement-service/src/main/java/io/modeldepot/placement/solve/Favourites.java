package io.modeldepot.placement.solve;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which way of serving a replica pays best for its memory, of those that fit: for each kind of GPU
 * and each place in a chain, the best from there on.
 */
final class Favourites {
  private final double[] priceOfKind;
  private final Map<Choices, int[][][]> known = new IdentityHashMap<>();
  private final int[][][][] best;

  Favourites(Problem problem, Prices prices) {
    priceOfKind = new double[problem.kinds.length];
    int[] count = new int[problem.kinds.length];
    for (int gpu = 0; gpu < problem.gpuCount(); gpu++) {
      priceOfKind[problem.kindOf[gpu]] += prices.price(gpu);
      count[problem.kindOf[gpu]]++;
    }
    for (int kind = 0; kind < count.length; kind++) {
      priceOfKind[kind] /= Math.max(1, count[kind]);
    }
    best = new int[problem.items.length][][][];
    for (int item = 0; item < best.length; item++) {
      best[item] = known.computeIfAbsent(problem.items[item].choices(), this::favourites);
    }
  }

  /**
   * The option that pays best, of those from a position of a chain on.
   *
   * @param chain number of the chain
   */
  int option(int item, int chain, int kind, int position) {
    return best[item][chain][kind][position];
  }

  /** What is left of its value when its memory on this kind is paid for. */
  double profit(Choices choices, int option, int kind) {
    return choices.value()[option]
        - priceOfKind[kind] * choices.bytes()[option][kind] * choices.shards()[option];
  }

  private int[][][] favourites(Choices choices) {
    int[][][] all = new int[choices.chains().length][priceOfKind.length][];
    for (int chain = 0; chain < all.length; chain++) {
      for (int kind = 0; kind < priceOfKind.length; kind++) {
        all[chain][kind] = favourites(choices, choices.chains()[chain].options(), kind);
      }
    }
    return all;
  }

  private int[] favourites(Choices choices, int[] options, int kind) {
    int[] from = new int[options.length];
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = options.length - 1; at >= 0; at--) {
      double profit = profit(choices, options[at], kind);
      if (profit >= most) {
        most = profit;
        best = options[at];
      }
      from[at] = best;
    }
    return from;
  }
}
