package io.modeldepot.benchmarks.placement;

/**
 * What respecting a wish costs.
 *
 * @param wish what was wished
 * @param seed of the site
 * @param value what is served, against 1 for the same site without the wish
 * @param gap below what can be served with the wish, at most
 * @param running replicas that ran before
 * @param moved of those, on other GPUs now
 * @param restarted of those, served otherwise in their place
 * @param stopped of those, run no more
 * @param softCost what the soft rules count
 */
record WishCost(
    String wish,
    long seed,
    double value,
    double gap,
    int running,
    int moved,
    int restarted,
    int stopped,
    long softCost) {}
