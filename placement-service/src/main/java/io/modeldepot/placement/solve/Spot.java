package io.modeldepot.placement.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A replica served in a certain way on certain GPUs.
 *
 * @param option the way
 * @param gpus ascending
 * @param bits the same GPUs as bits
 * @param bytes on each of them
 * @param value what is served
 * @param toll what is paid for moving or restarting it; see {@link Problem#tollOf}
 * @param profit what is left of the value when the memory is paid for
 */
record Spot(int option, int[] gpus, int bits, long bytes, long value, long toll, double profit) {

  /** The most profitable first; the others in an order that looks the same on equal GPUs. */
  private static final Comparator<Spot> ORDER =
      Comparator.comparingDouble((Spot spot) -> -spot.profit)
          .thenComparingInt(Spot::option)
          .thenComparing(Spot::gpus, Arrays::compare);

  /**
   * Everywhere that a replica can be while nothing else is there.
   *
   * @param least spots that profit less are left out
   */
  static Spot[] of(Problem problem, Prices prices, int item, double least) {
    Item one = problem.items[item];
    List<Spot> spots = new ArrayList<>();
    for (int option = 0; option < one.choices().count(); option++) {
      for (int[] group : problem.groups) {
        Spot any = priced(problem, prices, item, option, group[0]);
        if (any.profit >= least && any.bytes < Choices.NEVER) {
          any.onEach(problem, item, group, spots);
        }
      }
    }
    return spots.stream().sorted(ORDER).toArray(Spot[]::new);
  }

  private static Spot priced(Problem problem, Prices prices, int item, int option, int gpu) {
    Choices choices = problem.items[item].choices();
    long bytes = problem.need(item, option, gpu);
    long value = choices.value()[option];
    double profit = value - prices.price(gpu) * bytes * choices.shards()[option];
    return new Spot(option, new int[] {gpu}, 1 << gpu, bytes, value, 0, profit);
  }

  private void onEach(Problem problem, int number, int[] group, List<Spot> spots) {
    Item item = problem.items[number];
    int shards = item.choices().shards()[option];
    int[] able =
        IntStream.of(group)
            .filter(gpu -> item.allowed().get(gpu) && bytes <= problem.capacity[gpu])
            .toArray();
    if (able.length < shards) {
      return;
    }
    int[] index = IntStream.range(0, shards).toArray();
    do {
      int[] chosen = IntStream.of(index).map(i -> able[i]).toArray();
      int mask = IntStream.of(chosen).reduce(0, (sum, gpu) -> sum | 1 << gpu);
      long toll = problem.tollOf(number, option, chosen);
      spots.add(new Spot(option, chosen, mask, bytes, value, toll, profit));
    } while (next(index, able.length));
  }

  /** The next combination of so many, if there is. */
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
