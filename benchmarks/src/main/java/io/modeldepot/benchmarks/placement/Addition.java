package io.modeldepot.benchmarks.placement;

/**
 * One model more on a full site.
 *
 * @param number of the addition
 * @param seconds until there is a plan
 * @param cpuSeconds of the whole process meanwhile
 * @param placed whether any replica of it is placed
 * @param moved others that go to other GPUs
 * @param restarted others that stay and are served otherwise
 * @param stopped others that run no more
 * @param started others that ran nowhere
 * @param more what is served more than before, against 1 for all that was served
 * @param moreUntouched the same, had it been put in by best fit and nothing else been touched
 */
record Addition(
    int number,
    double seconds,
    double cpuSeconds,
    boolean placed,
    int moved,
    int restarted,
    int stopped,
    int started,
    double more,
    double moreUntouched) {

  /** Others that notice. */
  int touched() {
    return moved + restarted + stopped;
  }

  /** Whether others were touched though as much could be served without. */
  boolean disturbsForNothing() {
    return touched() > 0 && more <= moreUntouched;
  }
}
