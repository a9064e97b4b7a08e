package io.modeldepot.placement.solve;

import java.util.Arrays;

/**
 * What free memory is worth while a plan is looked for: by its price, and the more the larger the
 * piece. Ten small pieces take no model in; one large piece does. Steps that serve as much as
 * before and leave larger pieces are steps forward.
 */
final class Room {
  private final double[] price;
  private final double whole;

  private Room(double[] price, double whole) {
    this.price = price;
    this.whole = whole;
  }

  /** Worth nothing anywhere. */
  static Room nothing(Problem problem) {
    return new Room(new double[problem.gpuCount()], 1);
  }

  /** A piece counts fully that takes in a quarter of the models, as small as they can be. */
  static Room of(Problem problem, Prices prices) {
    double[] price = new double[problem.gpuCount()];
    Arrays.setAll(price, prices::price);
    long[] smallest =
        Arrays.stream(problem.items)
            .filter(item -> item.choices().count() > 0)
            .mapToLong(item -> item.choices().fewestBytes())
            .sorted()
            .toArray();
    return new Room(price, smallest.length == 0 ? 1 : smallest[smallest.length / 4]);
  }

  /** The worth of so much on that GPU, in the unit of what is served. */
  long worth(int gpu, long bytes) {
    return (long) (price[gpu] * bytes * Math.min(1, bytes / whole));
  }
}
