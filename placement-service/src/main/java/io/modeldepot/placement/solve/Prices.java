package io.modeldepot.placement.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A price for a byte of each class of GPUs, and what follows from it.
 *
 * <p>For any prices {@code p ≥ 0}, no plan serves more than {@code Σ p_c·bytes_c + Σ_i max(0, max
 * over ways of serving i in class c of value − p_c·bytes)}: a Lagrangian relaxation of the classes'
 * memory. The prices here make that small; it is a bound at every step, so stopping early costs
 * nothing but tightness. Whole GPUs, hosts and rules between models are relaxed too: they can only
 * lower what is possible.
 */
final class Prices {
  private static final int ROUNDS = 4;
  private static final int BISECTIONS = 24;
  private static final int STEPS = 160;
  private static final int FEW_STEPS = 24;
  private static final int MOST_SHARDS = 1 << 16;

  private final Problem problem;
  private final GpuClasses classes;
  private final Ways[] waysOf;
  private final Map<BitSet, Map<Integer, Long>> rooms = new HashMap<>();
  private final Map<Choices, Map<BitSet, Ways>> known = new IdentityHashMap<>();
  private double[] price;
  private double bound;

  /**
   * The ways of serving one replica that can be the most profitable at some price: by class, in
   * each the corners of the concave hull of value over bytes.
   *
   * @param classOf of each, ascending
   * @param start where a class begins; one more at the end
   * @param value of each
   * @param bytes of each, over all its shards
   */
  private record Ways(int[] classOf, int[] start, double[] value, double[] bytes) {}

  /**
   * Nothing costs anything yet.
   *
   * @param last those of another problem on the same GPUs, if there are
   */
  Prices(Problem problem, @Nullable Prices last) {
    this.problem = problem;
    this.classes = GpuClasses.of(problem);
    this.waysOf = ways(last == null ? Map.of() : last.known);
    this.price = new double[classes.count()];
    this.bound = evaluate(price, new double[classes.count()]);
  }

  /** Lowers the bound; to be called once. */
  Prices settle() {
    if (classes.count() == 0 || bound == 0) {
      return this;
    }
    commonPrice();
    for (int round = 0; round < ROUNDS; round++) {
      for (int c = 0; c < classes.count(); c++) {
        onePrice(c);
      }
    }
    subgradient(STEPS);
    return this;
  }

  /**
   * Lowers the bound from prices that were good a moment ago on the same GPUs; to be called once.
   */
  Prices settleFrom(Prices last) {
    better(last.price, evaluate(last.price, new double[classes.count()]));
    subgradient(FEW_STEPS);
    return this;
  }

  /** No plan serves more. */
  long bound() {
    double safe = Math.floor(bound * (1 + 1e-11)) + 1;
    return Math.min(problem.mostValue(), (long) safe);
  }

  /** What is left of an option's value when its memory is paid for, where it is cheapest. */
  double profit(int item, int option) {
    Choices choices = problem.items[item].choices();
    double best = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes.count(); c++) {
      long bytes = choices.bytes()[option][classes.kind(c, problem)];
      if (bytes < Choices.NEVER) {
        best =
            Math.max(best, choices.value()[option] - price[c] * bytes * choices.shards()[option]);
      }
    }
    return best;
  }

  /** The most profit that a replica can bring; zero if it is not worth its memory. */
  double bestProfit(int item) {
    Ways ways = waysOf[item];
    double best = 0;
    for (int way = 0; way < ways.value().length; way++) {
      best = Math.max(best, ways.value()[way] - price[ways.classOf()[way]] * ways.bytes()[way]);
    }
    return best;
  }

  /** The price of a byte of a GPU. */
  double price(int gpu) {
    return price[classes.classOf()[gpu]];
  }

  private Ways[] ways(Map<Choices, Map<BitSet, Ways>> before) {
    Ways[] all = new Ways[problem.items.length];
    for (int item = 0; item < all.length; item++) {
      Item one = problem.items[item];
      Map<BitSet, Ways> old = before.getOrDefault(one.choices(), Map.of());
      all[item] =
          known
              .computeIfAbsent(one.choices(), key -> new HashMap<>())
              .computeIfAbsent(
                  one.allowed(),
                  allowed -> {
                    Ways same = old.get(allowed);
                    return same != null ? same : ways(one.choices(), allowed);
                  });
    }
    return all;
  }

  private Ways ways(Choices choices, BitSet allowed) {
    Map<Integer, Long> room = rooms.computeIfAbsent(allowed, key -> new HashMap<>());
    List<double[]> kept = new ArrayList<>();
    int[] start = new int[classes.count() + 1];
    for (int c = 0; c < classes.count(); c++) {
      start[c] = kept.size();
      int kind = classes.kind(c, problem);
      double least = Double.MAX_VALUE;
      for (int option = 0; option < choices.count(); option++) {
        int here = c;
        int shards = choices.shards()[option];
        long bytes = choices.bytes()[option][kind];
        double all = (double) bytes * shards;
        if (all < least
            && bytes
                <= room.computeIfAbsent(
                    c * MOST_SHARDS + shards,
                    key -> classes.roomiest(here, shards, allowed, problem))) {
          addCorner(kept, start[c], new double[] {c, choices.value()[option], all});
          least = all;
        }
      }
    }
    start[classes.count()] = kept.size();
    return new Ways(
        kept.stream().mapToInt(way -> (int) way[0]).toArray(),
        start,
        kept.stream().mapToDouble(way -> way[1]).toArray(),
        kept.stream().mapToDouble(way -> way[2]).toArray());
  }

  /** Values and bytes fall from way to way; those below the line between their neighbours go. */
  private static void addCorner(List<double[]> kept, int from, double[] way) {
    while (kept.size() - from >= 2) {
      double[] one = kept.get(kept.size() - 2);
      double[] middle = kept.getLast();
      boolean below =
          (middle[1] - way[1]) * (one[2] - way[2]) <= (one[1] - way[1]) * (middle[2] - way[2]);
      if (!below) {
        break;
      }
      kept.removeLast();
    }
    kept.add(way);
  }

  /**
   * The bound at these prices.
   *
   * @param left becomes what is left of each class when everybody takes what profits most
   */
  private double evaluate(double[] at, double[] left) {
    double sum = 0;
    for (int c = 0; c < at.length; c++) {
      left[c] = classes.bytes()[c];
      sum += at[c] * classes.bytes()[c];
    }
    for (Ways ways : waysOf) {
      double most = 0;
      int chosen = -1;
      for (int way = 0; way < ways.value().length; way++) {
        double profit = ways.value()[way] - at[ways.classOf()[way]] * ways.bytes()[way];
        if (profit > most) {
          most = profit;
          chosen = way;
        }
      }
      sum += most;
      if (chosen >= 0) {
        left[ways.classOf()[chosen]] -= ways.bytes()[chosen];
      }
    }
    return sum;
  }

  private boolean better(double[] at, double found) {
    if (found < bound) {
      bound = found;
      price = at.clone();
      return true;
    }
    return false;
  }

  /** One price for all: where together they are asked for as much as there is. */
  private void commonPrice() {
    double low = 0;
    double high = highest();
    double[] left = new double[classes.count()];
    double[] at = new double[classes.count()];
    for (int i = 0; i < 2 * BISECTIONS; i++) {
      double middle = (low + high) / 2;
      Arrays.fill(at, middle);
      better(at, evaluate(at, left));
      if (Arrays.stream(left).sum() < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** The price of one class, the others as they are: what else pays best is computed once. */
  private void onePrice(int c) {
    double[] at = price.clone();
    double[] elsewhere = new double[waysOf.length];
    for (int item = 0; item < waysOf.length; item++) {
      Ways ways = waysOf[item];
      double most = 0;
      for (int way = 0; way < ways.value().length; way++) {
        if (ways.classOf()[way] != c) {
          most = Math.max(most, ways.value()[way] - at[ways.classOf()[way]] * ways.bytes()[way]);
        }
      }
      elsewhere[item] = most;
    }
    double low = 0;
    double high = Math.max(2 * at[c], highest() / 16);
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (leftAt(c, middle, elsewhere) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    at[c] = high;
    better(at, evaluate(at, new double[at.length]));
  }

  private double leftAt(int c, double at, double[] elsewhere) {
    double left = classes.bytes()[c];
    for (int item = 0; item < waysOf.length; item++) {
      Ways ways = waysOf[item];
      double most = elsewhere[item];
      double taken = 0;
      for (int way = ways.start()[c]; way < ways.start()[c + 1]; way++) {
        double profit = ways.value()[way] - at * ways.bytes()[way];
        if (profit > most) {
          most = profit;
          taken = ways.bytes()[way];
        }
      }
      left -= taken;
    }
    return left;
  }

  /** Steps against the subgradient, shorter and shorter, always from the best prices so far. */
  private void subgradient(int steps) {
    double[] left = new double[classes.count()];
    double[] at = price.clone();
    double wish = 0.01;
    for (int step = 0; step < steps; step++) {
      double here = evaluate(at, left);
      if (!better(at, here)) {
        wish *= 0.95;
      }
      double norm = 0;
      for (int c = 0; c < at.length; c++) {
        double slack = at[c] == 0 && left[c] > 0 ? 0 : left[c];
        norm += slack * slack;
      }
      if (norm == 0) {
        return;
      }
      if (step % 16 == 15) {
        at = price.clone();
        continue;
      }
      double length = (here - bound * (1 - wish)) / norm;
      for (int c = 0; c < at.length; c++) {
        at[c] = Math.max(0, at[c] - length * left[c]);
      }
    }
  }

  private double highest() {
    double highest = 0;
    for (Ways ways : waysOf) {
      for (int way = 0; way < ways.value().length; way++) {
        highest = Math.max(highest, ways.value()[way] / Math.max(1, ways.bytes()[way]));
      }
    }
    return highest;
  }
}
