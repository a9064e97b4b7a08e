package io.modeldepot.placement.solve;

/**
 * One compound move: put a replica on GPUs, eject or degrade the cheapest there until it fits, put
 * the ejected in again elsewhere, raise what can be raised now. Whether it stays is decided by who
 * asked for it, over all of it at once.
 */
final class Ejection {
  private static final int MOST_VICTIMS = 12;
  private static final int OTHERS_TRIED = 3;

  private final Problem problem;
  private final State state;
  private final Finder finder;
  private final Favourites favourites;
  private final Dice dice;
  private boolean thrifty;
  private final int[] ejected = new int[MOST_VICTIMS];
  private int ejectedCount;
  private final int[] raisable = new int[4 * MOST_VICTIMS];
  private int raisableCount;

  Ejection(State state, Finder finder, Favourites favourites, Dice dice) {
    this.problem = state.problem;
    this.state = state;
    this.finder = finder;
    this.favourites = favourites;
    this.dice = dice;
  }

  /**
   * Whether nothing is served better than pays for its memory: what is left then stays free, in
   * pieces that can be put together.
   */
  void beThrifty(boolean wish) {
    thrifty = wish;
  }

  /**
   * Does it, if it can be done with few victims.
   *
   * @param gpus ascending, as many as the option has shards
   * @return whether the replica is there now; what else happened is to be undone by the caller if
   *     it does not like it, and always if this is false
   */
  boolean attempt(int item, int option, int[] gpus) {
    ejectedCount = 0;
    raisableCount = 0;
    if (state.isPlaced(item)) {
      remember(state.gpus(item));
      state.remove(item);
    }
    for (int gpu : gpus) {
      if (!state.admits(item, gpu) || !makeRoom(gpu, problem.need(item, option, gpu))) {
        return false;
      }
    }
    if (!state.fits(item, option, gpus)) {
      return false;
    }
    state.place(item, option, gpus);
    reinsert();
    tryOthers();
    raise(item);
    return true;
  }

  private boolean makeRoom(int gpu, long need) {
    while (state.free(gpu) < need) {
      if (!takeCheapest(gpu, need - state.free(gpu))) {
        return false;
      }
    }
    return true;
  }

  /** Ejects or degrades what serves least for the memory that is missing. */
  private boolean takeCheapest(int gpu, long missing) {
    int victim = -1;
    int degradeTo = -1;
    double cheapest = Double.MAX_VALUE;
    for (int i = 0; i < state.countOn(gpu); i++) {
      int item = state.itemOn(gpu, i);
      long bytes = problem.need(item, state.option(item), gpu);
      double ejecting = state.valueOf(item) / (double) Math.min(bytes, missing) * dice.noise();
      if (ejecting < cheapest) {
        cheapest = ejecting;
        victim = item;
        degradeTo = -1;
      }
      int lower = lowerOption(item, gpu, bytes - missing);
      if (lower >= 0) {
        long lost = state.valueOf(item) - problem.items[item].choices().value()[lower];
        double degrading = lost / (double) missing * dice.noise();
        if (degrading < cheapest) {
          cheapest = degrading;
          victim = item;
          degradeTo = lower;
        }
      }
    }
    return victim >= 0 && take(victim, degradeTo);
  }

  private boolean take(int victim, int degradeTo) {
    int[] gpus = state.gpus(victim);
    state.remove(victim);
    if (degradeTo >= 0) {
      state.place(victim, degradeTo, gpus);
      remember(gpus);
      return true;
    }
    if (ejectedCount == MOST_VICTIMS) {
      return false;
    }
    remember(gpus);
    ejected[ejectedCount++] = victim;
    return true;
  }

  /** The most valuable way with as many shards that takes at most so much; -1 if there is none. */
  private int lowerOption(int item, int gpu, long atMost) {
    Choices choices = problem.items[item].choices();
    Chain chain = choices.chains()[choices.chainOf(state.option(item))];
    int at = chain.firstWithin(problem.kindOf[gpu], atMost);
    return at < 0 ? -1 : chain.options()[at];
  }

  /** The most valuable first. */
  private void reinsert() {
    for (int i = 1; i < ejectedCount; i++) {
      int item = ejected[i];
      long value = problem.items[item].choices().most();
      int at = i;
      while (at > 0 && problem.items[ejected[at - 1]].choices().most() < value) {
        ejected[at] = ejected[at - 1];
        at--;
      }
      ejected[at] = item;
    }
    for (int i = 0; i < ejectedCount; i++) {
      int item = ejected[i];
      put(item, thrifty || dice.below(2) == 0);
    }
  }

  /** Places some that are placed nowhere, if there is room. */
  void tryOthers() {
    int count = problem.items.length;
    for (int tries = 0; tries < 4 * OTHERS_TRIED; tries++) {
      int item = dice.below(count);
      if (!state.isPlaced(item) && problem.items[item].choices().count() > 0) {
        put(item, thrifty);
      }
    }
  }

  private void put(int item, boolean profitable) {
    if (profitable) {
      finder.placeMostProfitable(item);
    } else {
      finder.placeMostValuable(item);
    }
  }

  private void raise(int placed) {
    raiseInPlace(placed);
    for (int i = 0; i < raisableCount; i++) {
      raiseOn(raisable[i]);
    }
  }

  /** Serves better, where it is, what is on this GPU. */
  void raiseOn(int gpu) {
    for (int j = 0; j < state.countOn(gpu); j++) {
      raiseInPlace(state.itemOn(gpu, j));
    }
  }

  /** Serves it better where it is, if there is room. */
  boolean raiseInPlace(int item) {
    if (!state.isPlaced(item)) {
      return false;
    }
    Choices choices = problem.items[item].choices();
    int now = state.option(item);
    int[] gpus = state.gpus(item);
    long room = Long.MAX_VALUE;
    for (int gpu : gpus) {
      room = Math.min(room, state.free(gpu) + problem.need(item, now, gpu));
    }
    int option = better(item, choices.chainOf(now), problem.kindOf[gpus[0]], room);
    if (option < 0) {
      return false;
    }
    state.remove(item);
    state.place(item, option, gpus);
    return true;
  }

  /** What serves more in so much room, and pays for it while thrift is asked for; -1 if nothing. */
  private int better(int item, int chain, int kind, long room) {
    Choices choices = problem.items[item].choices();
    int now = state.option(item);
    int at = choices.chains()[chain].firstWithin(kind, room);
    if (thrifty) {
      int option = favourites.option(item, chain, kind, at);
      boolean pays =
          favourites.profit(choices, option, kind) > favourites.profit(choices, now, kind);
      return pays ? option : -1;
    }
    int option = choices.chains()[chain].options()[at];
    return choices.value()[option] > choices.value()[now] ? option : -1;
  }

  private void remember(int[] gpus) {
    for (int gpu : gpus) {
      if (raisableCount < raisable.length && !contains(gpu)) {
        raisable[raisableCount++] = gpu;
      }
    }
  }

  private boolean contains(int gpu) {
    for (int i = 0; i < raisableCount; i++) {
      if (raisable[i] == gpu) {
        return true;
      }
    }
    return false;
  }
}
