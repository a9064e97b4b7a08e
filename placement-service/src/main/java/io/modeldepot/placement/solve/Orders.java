package io.modeldepot.placement.solve;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** In which order the ways of serving a replica are tried. */
final class Orders {
  private final int[][] byProfit;
  private final int[][] byValue;

  Orders(Problem problem, Prices prices) {
    byProfit = new int[problem.items.length][];
    byValue = new int[problem.items.length][];
    Map<Choices, int[]> known = new IdentityHashMap<>();
    for (int item = 0; item < byProfit.length; item++) {
      int number = item;
      Choices choices = problem.items[item].choices();
      byValue[item] = IntStream.range(0, choices.count()).toArray();
      byProfit[item] =
          known.computeIfAbsent(
              choices,
              all ->
                  IntStream.range(0, all.count())
                      .boxed()
                      .sorted(Comparator.comparingDouble(option -> -prices.profit(number, option)))
                      .mapToInt(Integer::intValue)
                      .toArray());
    }
  }

  /** What pays best for its memory first. */
  int[] byProfit(int item) {
    return byProfit[item];
  }

  /** What serves most first. */
  int[] byValue(int item) {
    return byValue[item];
  }
}
