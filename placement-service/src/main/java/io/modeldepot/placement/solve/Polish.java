package io.modeldepot.placement.solve;

/**
 * Lowers the soft costs of a plan without serving less: what was moved goes home if there is a way,
 * what is on a larger GPU than it needs goes to a smaller one.
 */
final class Polish {
  private static final int ROUNDS = 3;

  private final Problem problem;
  private final State state;
  private final Finder finder;
  private final Ejection ejection;

  Polish(State state, Finder finder, Ejection ejection) {
    this.problem = state.problem;
    this.state = state;
    this.finder = finder;
    this.ejection = ejection;
  }

  void run() {
    for (int round = 0; round < ROUNDS; round++) {
      long before = state.soft();
      for (int item = 0; item < problem.items.length; item++) {
        if (state.isPlaced(item)) {
          goHome(item);
          relocate(item);
        }
      }
      if (state.soft() == before) {
        return;
      }
    }
  }

  /** Back to where it runs now, as it runs now or served as well as planned. */
  private void goHome(int item) {
    Item one = problem.items[item];
    int[] home = one.beforeGpus();
    if (!one.ran() || one.beforeOption() == state.option(item) && one.ranOn(state.gpus(item))) {
      return;
    }
    int planned = state.option(item);
    if (one.beforeOption() >= 0) {
      attempt(item, one.beforeOption(), home);
    }
    if (!one.ranOn(state.gpus(item)) && one.choices().shards()[planned] == home.length) {
      attempt(item, planned, home);
    }
  }

  private void attempt(int item, int option, int[] gpus) {
    int mark = state.mark();
    long score = state.score();
    long soft = state.soft();
    boolean done = ejection.attempt(item, option, gpus);
    keepIfBetter(done, mark, score, soft);
  }

  private void relocate(int item) {
    int mark = state.mark();
    long score = state.score();
    long soft = state.soft();
    int option = state.option(item);
    state.remove(item);
    int[] gpus = finder.find(item, option);
    if (gpus != null) {
      state.place(item, option, gpus);
    }
    keepIfBetter(gpus != null, mark, score, soft);
  }

  private void keepIfBetter(boolean done, int mark, long score, long soft) {
    boolean better =
        done && (state.score() > score || state.score() == score && state.soft() < soft);
    if (better) {
      state.keep();
    } else {
      state.undoTo(mark);
    }
  }
}
