package io.modeldepot.placement.solve;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a better plan by ejections and exchanges. Better is: more is served, less a toll for
 * what is moved; or as much, at lower soft costs.
 *
 * <p>Where nothing runs yet it is thrifty first: nobody is served better than pays for the memory,
 * and what is free is put together to larger pieces; in the end what is left is given away. Small
 * cases are annealed besides: something worse is accepted now and then, less and less, and the best
 * that was seen counts.
 */
final class EjectionSearch {
  private static final int ANNEALED_ITEMS = 400;
  private static final double WARMEST = 0.01;
  private static final double THRIFT_ENDS = 0.8;
  private static final double WEIGHT_OF_ROOM = 0.6;
  private static final int EXCHANGES_OF_100 = 75;
  private static final int PLACES_TRIED = 5;
  private static final int LOOKS = 12;
  private static final int STEPS_BETWEEN_LOOKS_AT_THE_BUDGET = 16;

  private final Problem problem;
  private final State state;
  private final Dice dice;
  private final Ejection ejection;
  private final Exchange exchange;
  private final Finder finder;
  private final Prices prices;
  private int[] newcomers = {};
  private double temperature;
  private double weight;
  private State.Snapshot best;

  EjectionSearch(State state, Prices prices, Finder finder, Ejection ejection, Dice dice) {
    this.problem = state.problem;
    this.state = state;
    this.dice = dice;
    this.prices = prices;
    this.finder = finder;
    this.ejection = ejection;
    this.exchange = new Exchange(state, ejection, dice);
    this.best = state.snapshot();
  }

  /**
   * Searches until the budget is spent, or the bound is reached. Then the state is the best that
   * was seen.
   */
  void run(Budget budget, long bound) {
    if (problem.items.length == 0 || problem.gpuCount() == 0) {
      return;
    }
    boolean fresh = problem.isFresh();
    newcomers = fresh ? newcomers : newcomers();
    boolean annealing = problem.items.length <= ANNEALED_ITEMS;
    double warmth = annealing ? WARMEST * problem.mostValue() / problem.items.length : 0;
    boolean thrifty = false;
    double spent = 0;
    for (long step = 0; state.value() < bound || thrifty; step++) {
      if (step % STEPS_BETWEEN_LOOKS_AT_THE_BUDGET == 0) {
        spent = budget.spent(step);
        if (spent >= 1) {
          break;
        }
        if (thrifty != (fresh && spent < THRIFT_ENDS)) {
          thrifty = !thrifty;
          beThrifty(thrifty);
        }
        double cold = (1 - spent) * (1 - spent);
        temperature = warmth * cold * cold;
        weight = thrifty ? WEIGHT_OF_ROOM : 0;
      }
      step();
      if (annealing && !thrifty && state.isBetterThan(best)) {
        best = state.snapshot();
      }
    }
    beThrifty(false);
    if (!state.isBetterThan(best)) {
      state.restore(best);
    }
  }

  private void beThrifty(boolean wish) {
    ejection.beThrifty(wish);
    for (int item = 0; item < problem.items.length; item++) {
      if (state.isPlaced(item)) {
        ejection.raiseInPlace(item);
      } else if (!wish) {
        finder.placeMostValuable(item);
      }
    }
    state.keep();
  }

  private void step() {
    int mark = state.mark();
    long score = state.score();
    long soft = state.soft();
    long room = state.roomWorth();
    boolean done =
        dice.below(100) < EXCHANGES_OF_100 && problem.gpuCount() > 1 ? exchange.attempt() : eject();
    if (done && isAccepted(score, soft, room)) {
      state.keep();
    } else {
      state.undoTo(mark);
    }
  }

  private boolean isAccepted(long score, long soft, long room) {
    double more = state.score() - score + weight * (state.roomWorth() - room);
    return more > 0
        || more == 0 && state.soft() <= soft
        || temperature > 0 && more != 0 && dice.share() < Math.exp(more / temperature);
  }

  private boolean eject() {
    int item = hungry();
    int option = wish(item);
    int[] gpus = option < 0 ? null : place(item, option);
    return gpus != null && ejection.attempt(item, option, gpus);
  }

  /** Those that run nowhere and would pay for their memory: those who came last, mostly. */
  private int[] newcomers() {
    return IntStream.range(0, problem.items.length)
        .filter(item -> !state.isPlaced(item) && prices.bestProfit(item) > 0)
        .toArray();
  }

  /** A replica that is served less than it could be; now and then any. */
  private int hungry() {
    if (newcomers.length > 0 && dice.below(2) == 0) {
      int item = newcomers[dice.below(newcomers.length)];
      if (!state.isPlaced(item)) {
        return item;
      }
    }
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
      int[] gpus = shards == 1 ? any(item, group) : finder.roomiest(item, group, shards);
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
