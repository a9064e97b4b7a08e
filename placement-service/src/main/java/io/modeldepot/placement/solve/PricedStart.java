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
  private final Favourites favourites;

  PricedStart(State state, Prices prices, Finder finder, Favourites favourites) {
    this.problem = state.problem;
    this.state = state;
    this.prices = prices;
    this.finder = finder;
    this.favourites = favourites;
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
      if (state.isBetterThan(best)) {
        best = state.snapshot();
      }
    }
    state.restore(best);
  }

  private void addOthers(int[] items) {
    for (int item : items) {
      if (!state.isPlaced(item) && prices.bestProfit(item) > 0) {
        finder.placeMostProfitable(item);
      }
    }
    for (int item : items) {
      if (!state.isPlaced(item)) {
        finder.placeMostValuable(item);
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

  /** Of what the prices favour, where that is cheapest. */
  private double bytes(int item) {
    Choices choices = problem.items[item].choices();
    double best = Double.NEGATIVE_INFINITY;
    double bytes = 1;
    for (int chain = 0; chain < choices.chains().length; chain++) {
      for (int kind = 0; kind < problem.kinds.length; kind++) {
        int option = favourites.option(item, chain, kind, 0);
        double profit = favourites.profit(choices, option, kind);
        if (profit > best) {
          best = profit;
          bytes = (double) choices.bytes()[option][kind] * choices.shards()[option];
        }
      }
    }
    return bytes;
  }

  private int[] sorted(ToDoubleFunction<Integer> order) {
    return IntStream.range(0, problem.items.length)
        .boxed()
        .sorted(Comparator.comparingDouble(order).thenComparingInt(item -> item))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
