package io.modeldepot.placement.solve;

import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A first plan. */
final class PricedStart {
  private final Problem problem;
  private final State state;
  private final Prices prices;
  private final Finder finder;
  private final Orders orders;

  PricedStart(State state, Prices prices, Finder finder, Orders orders) {
    this.problem = state.problem;
    this.state = state;
    this.prices = prices;
    this.finder = finder;
    this.orders = orders;
  }

  /** Keeps what runs, as far as it still fits and is asked for; then adds the others. */
  void keepWhatRuns() {
    for (int item : sorted(one -> -kept(one))) {
      Item one = problem.items[item];
      if (one.ran()) {
        keep(item, one);
      }
    }
    addOthers(sorted(one -> -prices.bestProfit(one)));
  }

  /** Packs what the prices favour in several orders; the best of them stays. */
  void pack() {
    State.Snapshot best = state.snapshot();
    for (ToDoubleFunction<Integer> order :
        java.util.List.<ToDoubleFunction<Integer>>of(
            item -> -prices.bestProfit(item),
            item -> -bytes(item),
            item -> -problem.items[item].choices().most() / bytes(item))) {
      state.restore(new State(problem).snapshot());
      addOthers(sorted(order));
      if (state.value() > best.value()) {
        best = state.snapshot();
      }
    }
    state.restore(best);
  }

  private void addOthers(int[] items) {
    for (int item : items) {
      if (!state.isPlaced(item) && prices.bestProfit(item) > 0) {
        finder.placeBest(item, orders.byProfit(item), 0);
      }
    }
    for (int item : items) {
      if (!state.isPlaced(item)) {
        finder.placeBest(item, orders.byValue(item), 0);
      }
    }
    state.keep();
  }

  private void keep(int item, Item one) {
    if (one.beforeOption() >= 0 && state.fits(item, one.beforeOption(), one.beforeGpus())) {
      state.place(item, one.beforeOption(), one.beforeGpus());
      return;
    }
    for (int option = 0; option < one.choices().count(); option++) {
      if (one.choices().shards()[option] == one.beforeGpus().length
          && state.fits(item, option, one.beforeGpus())) {
        state.place(item, option, one.beforeGpus());
        return;
      }
    }
  }

  private double kept(int item) {
    Item one = problem.items[item];
    return one.beforeOption() < 0 ? 0 : one.choices().value()[one.beforeOption()];
  }

  /** Of what the prices favour, on its smallest kind. */
  private double bytes(int item) {
    Choices choices = problem.items[item].choices();
    if (choices.count() == 0) {
      return 1;
    }
    int option = orders.byProfit(item)[0];
    long least = Choices.NEVER;
    for (long bytes : choices.bytes()[option]) {
      least = Math.min(least, bytes);
    }
    return (double) least * choices.shards()[option];
  }

  private int[] sorted(ToDoubleFunction<Integer> order) {
    return IntStream.range(0, problem.items.length)
        .boxed()
        .sorted(Comparator.comparingDouble(order).thenComparingInt(item -> item))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
