package io.modeldepot.placement.solve;

/**
 * One compound move: two replicas of two GPUs change places, or one goes to the other GPU, such
 * that the free pieces become larger; then what can be raised is raised, and others are tried.
 * Whether it stays is decided by who asked for it.
 */
final class Exchange {
  private static final int GPUS_LOOKED_AT = 16;

  private final Problem problem;
  private final State state;
  private final Ejection ejection;
  private final Dice dice;
  private int partner;
  private int partnerGpu;
  private long best;

  Exchange(State state, Ejection ejection, Dice dice) {
    this.problem = state.problem;
    this.state = state;
    this.ejection = ejection;
    this.dice = dice;
  }

  /**
   * Does one, if some GPUs looked at by chance have one.
   *
   * @return whether something was done; if not, what was half done is to be undone
   */
  boolean attempt() {
    int gpu = dice.below(problem.gpuCount());
    if (state.countOn(gpu) == 0) {
      return false;
    }
    int one = state.itemOn(gpu, dice.below(state.countOn(gpu)));
    if (state.gpus(one).length > 1) {
      return false;
    }
    best = Long.MIN_VALUE;
    for (int look = 0; look < GPUS_LOOKED_AT; look++) {
      look(one, gpu, dice.below(problem.gpuCount()));
    }
    return best > Long.MIN_VALUE && change(one, gpu);
  }

  private void look(int one, int gpu, int other) {
    long need = problem.need(one, state.option(one), other);
    if (other == gpu || need >= Choices.NEVER) {
      return;
    }
    long mine = problem.need(one, state.option(one), gpu);
    long here = state.free(gpu) + mine;
    long there = state.free(other) - need;
    long before = state.worth(gpu, here - mine) + state.worth(other, there + need);
    if (there >= 0) {
      consider(-1, other, state.worth(gpu, here) + state.worth(other, there) - before);
    }
    for (int i = 0; i < state.countOn(other); i++) {
      int two = state.itemOn(other, i);
      long theirs = problem.need(two, state.option(two), other);
      long needHere = problem.need(two, state.option(two), gpu);
      if (state.gpus(two).length == 1
          && needHere != mine
          && needHere <= here
          && there + theirs >= 0) {
        consider(
            two,
            other,
            state.worth(gpu, here - needHere) + state.worth(other, there + theirs) - before);
      }
    }
  }

  private void consider(int two, int other, long gain) {
    if (gain > best) {
      best = gain;
      partner = two;
      partnerGpu = other;
    }
  }

  private boolean change(int one, int gpu) {
    int[] here = {gpu};
    int[] there = {partnerGpu};
    int option = state.option(one);
    state.remove(one);
    if (partner >= 0) {
      int theirs = state.option(partner);
      state.remove(partner);
      if (!state.fits(partner, theirs, here)) {
        return false;
      }
      state.place(partner, theirs, here);
    }
    if (!state.fits(one, option, there)) {
      return false;
    }
    state.place(one, option, there);
    ejection.raiseOn(gpu);
    ejection.raiseOn(partnerGpu);
    ejection.tryOthers();
    return true;
  }
}
