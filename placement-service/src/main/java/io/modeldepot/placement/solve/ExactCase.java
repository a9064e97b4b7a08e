package io.modeldepot.placement.solve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A small case made ready for an exact search: the replicas in the order in which they are decided,
 * by depth, and what there is to choose from.
 *
 * @param order the number of the replica at each depth, the most profitable first
 * @param spots where each may be in a better plan, by depth
 * @param sizesOn what each may take of a GPU, ascending, by depth and GPU
 * @param sibling the depth of the last replica before that differs in its number only; -1 if none
 * @param conflicts the depths, as bits, that must not share a GPU with this one
 * @param twin the GPU before this one that nothing tells from it while both are empty; -1 if none
 * @param beside the GPUs of the same host, as bits
 * @param price of a byte of each GPU
 */
record ExactCase(
    int[] order,
    Spot[][] spots,
    long[][][] sizesOn,
    int[] sibling,
    long[] conflicts,
    int[] twin,
    int[] beside,
    double[] price) {
  /** Sums of doubles may be wrong by less than this. */
  static final double ROUNDING = 1 + 1e-11;

  private static final int MOST_ITEMS = 24;
  private static final int MOST_GPUS = 8;

  static boolean isFor(Problem problem) {
    return problem.items.length <= MOST_ITEMS && problem.gpuCount() <= MOST_GPUS;
  }

  /**
   * Leaves out what no plan has that serves more.
   *
   * @param least what is to be reached
   */
  static ExactCase of(Problem problem, Prices prices, long least) {
    int gpus = problem.gpuCount();
    int[] order =
        IntStream.range(0, problem.items.length)
            .boxed()
            .sorted(Comparator.comparingDouble(item -> -prices.bestProfit(item)))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] price = IntStream.range(0, gpus).mapToDouble(prices::price).toArray();
    double bound = 0;
    for (int gpu = 0; gpu < gpus; gpu++) {
      bound += price[gpu] * problem.capacity[gpu];
    }
    for (int item : order) {
      bound += prices.bestProfit(item);
    }
    double spare = bound * ROUNDING - least;
    Spot[][] spots =
        IntStream.of(order)
            .mapToObj(item -> Spot.of(problem, prices, item, prices.bestProfit(item) - spare))
            .toArray(Spot[][]::new);
    return new ExactCase(
        order,
        spots,
        sizes(spots, gpus),
        siblings(problem, order),
        conflicts(problem, order),
        IntStream.range(0, gpus).map(gpu -> twinOf(problem, gpu)).toArray(),
        IntStream.range(0, gpus).map(gpu -> beside(problem, gpu)).toArray(),
        price);
  }

  int depths() {
    return order.length;
  }

  private static long[][][] sizes(Spot[][] spots, int gpus) {
    long[][][] sizes = new long[spots.length][gpus][];
    for (int depth = 0; depth < spots.length; depth++) {
      for (int gpu = 0; gpu < gpus; gpu++) {
        int bit = 1 << gpu;
        sizes[depth][gpu] =
            Arrays.stream(spots[depth])
                .filter(spot -> (spot.bits() & bit) != 0)
                .mapToLong(Spot::bytes)
                .distinct()
                .sorted()
                .toArray();
      }
    }
    return sizes;
  }

  private static int[] siblings(Problem problem, int[] order) {
    int[] sibling = new int[order.length];
    for (int depth = 0; depth < order.length; depth++) {
      sibling[depth] = depth - 1;
      while (sibling[depth] >= 0
          && !interchangeable(problem.items[order[depth]], problem.items[order[sibling[depth]]])) {
        sibling[depth]--;
      }
    }
    return sibling;
  }

  private static boolean interchangeable(Item one, Item two) {
    return one.model() == two.model()
        && !one.ran()
        && !two.ran()
        && one.choices() == two.choices()
        && one.allowed().equals(two.allowed());
  }

  private static long[] conflicts(Problem problem, int[] order) {
    long[] conflicts = new long[order.length];
    for (int depth = 0; depth < order.length; depth++) {
      Item one = problem.items[order[depth]];
      for (int other = 0; other < order.length; other++) {
        int model = problem.items[order[other]].model();
        if (other != depth && (one.model() == model || one.apart().get(model))) {
          conflicts[depth] |= 1L << other;
        }
      }
    }
    return conflicts;
  }

  private static int twinOf(Problem problem, int gpu) {
    int other = gpu - 1;
    while (other >= 0
        && !(problem.groupOf[other] == problem.groupOf[gpu]
            && problem.capacity[other] == problem.capacity[gpu]
            && nobodyCares(problem, other, gpu))) {
      other--;
    }
    return other;
  }

  private static boolean nobodyCares(Problem problem, int one, int other) {
    return Arrays.stream(problem.items)
        .allMatch(
            item ->
                item.allowed().get(one) == item.allowed().get(other)
                    && IntStream.of(item.beforeGpus()).noneMatch(it -> it == one || it == other));
  }

  private static int beside(Problem problem, int gpu) {
    return IntStream.range(0, problem.gpuCount())
        .filter(other -> problem.hostOf[other] == problem.hostOf[gpu])
        .reduce(0, (bits, other) -> bits | 1 << other);
  }
}
