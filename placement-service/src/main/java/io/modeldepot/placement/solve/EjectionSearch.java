package io.modeldepot.placement.solve;

import org.jspecify.annotations.Nullable;

/**
 * Looks for a better plan by ejections. Small cases are annealed: something worse is accepted now
 * and then, less and less, and the best that was seen counts. In large ones there is always a move
 * uphill, and nothing worse is accepted.
 *
 * <p>Better is: more is served; or as much, at lower soft costs.
 */
final class EjectionSearch {
  private static final int ANNEALED_ITEMS = 400;
  private static final double WARMEST = 0.01;
  private static final int PLACES_TRIED = 5;
  private static final int LOOKS = 12;
  private static final int STEPS_BETWEEN_LOOKS_AT_THE_BUDGET = 16;

  private final Problem problem;
  private final State state;
  private final Dice dice;
  private final Ejection ejection;
  private final Prices prices;
  private State.Snapshot best;

  EjectionSearch(State state, Prices prices, Ejection ejection, Dice dice) {
    this.problem = state.problem;
    this.state = state;
    this.dice = dice;
    this.prices = prices;
    this.ejection = ejection;
    this.best = state.snapshot();
  }

  /**
   * Searches until the budget is spent, or the bound is reached. Then the state is the best that
   * was seen.
   */
  void run(Budget budget, long bound) {
    int items = problem.items.length;
    if (items == 0 || problem.gpuCount() == 0) {
      return;
    }
    boolean annealing = items <= ANNEALED_ITEMS;
    double warmth = WARMEST * problem.mostValue() / items;
    double spent = 0;
    long step = 0;
    while (state.value() < bound) {
      if (step % STEPS_BETWEEN_LOOKS_AT_THE_BUDGET == 0) {
        spent = budget.spent(step);
        if (spent >= 1) {
          break;
        }
      }
      double cold = (1 - spent) * (1 - spent);
      step(annealing ? warmth * cold * cold : 0);
      if (annealing && best.value() <= state.value()) {
        remember();
      }
      step++;
    }
    if (annealing) {
      remember();
      state.restore(best);
    }
  }

  private void remember() {
    if (!best.isBetterThan(state.value(), state.soft() + 1)) {
      best = state.snapshot();
    }
  }

  private void step(double temperature) {
    int item = hungry();
    int option = wish(item);
    if (option < 0) {
      return;
    }
    int mark = state.mark();
    long value = state.value();
    long soft = state.soft();
    int[] gpus = place(item, option);
    if (gpus == null || !ejection.attempt(item, option, gpus)) {
      state.undoTo(mark);
      return;
    }
    long more = state.value() - value;
    boolean accepted =
        more > 0
            || more == 0 && state.soft() <= soft
            || temperature > 0 && more != 0 && dice.share() < Math.exp(more / temperature);
    if (accepted) {
      state.keep();
    } else {
      state.undoTo(mark);
    }
  }

  /** A replica that is served less than it could be; now and then any. */
  private int hungry() {
    int item = dice.below(problem.items.length);
    for (int look = 0; look < LOOKS; look++) {
      if (state.valueOf(item) < problem.items[item].choices().most()) {
        return item;
      }
      item = dice.below(problem.items.length);
    }
    return item;
  }

  /** A way that serves more than now; of a satisfied one the same again, elsewhere. */
  private int wish(int item) {
    Choices choices = problem.items[item].choices();
    if (choices.count() == 0) {
      return -1;
    }
    int now = state.isPlaced(item) ? state.option(item) : choices.count();
    if (now == 0) {
      return dice.below(4) == 0 ? dice.below(choices.count()) : 0;
    }
    int one = dice.below(now);
    int other = dice.below(now);
    return prices.profit(item, one) >= prices.profit(item, other) ? one : other;
  }

  /** Of some places the one where least is missing, by the price of it. */
  private int @Nullable [] place(int item, int option) {
    Choices choices = problem.items[item].choices();
    int shards = choices.shards()[option];
    int[] best = null;
    double least = Double.MAX_VALUE;
    for (int look = 0; look < PLACES_TRIED; look++) {
      int[] group = problem.groups[problem.groups.length == 1 ? 0 : groupOfRandomGpu()];
      long bytes = choices.bytes()[option][problem.kindOf[group[0]]];
      if (group.length < shards || bytes >= Choices.NEVER) {
        continue;
      }
      int[] gpus = shards == 1 ? any(item, group) : ejection.roomiest(item, group, shards);
      if (gpus == null) {
        continue;
      }
      double missing = 0;
      for (int gpu : gpus) {
        if (bytes > problem.capacity[gpu]) {
          missing = Double.MAX_VALUE;
          break;
        }
        missing += Math.max(0, bytes - state.free(gpu)) * prices.price(gpu) * dice.noise();
        missing += bytes * prices.price(gpu) * 0.05;
      }
      if (missing < least) {
        least = missing;
        best = gpus;
      }
    }
    return best;
  }

  private int @Nullable [] any(int item, int[] group) {
    int gpu = group[dice.below(group.length)];
    return problem.items[item].allowed().get(gpu) ? new int[] {gpu} : null;
  }

  private int groupOfRandomGpu() {
    return problem.groupOf[dice.below(problem.gpuCount())];
  }
}
