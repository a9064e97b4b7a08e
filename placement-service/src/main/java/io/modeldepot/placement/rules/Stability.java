package io.modeldepot.placement.rules;

import io.modeldepot.placement.plan.Assignment;

/** A move costs minutes of loading and warm caches; a restart in place a little less. */
public record Stability() implements SoftRule {
  /** Cost of a replica that goes to other GPUs. */
  public static final long MOVE = 10_000;

  /** Cost of a replica that stays but is served otherwise, so that its engine starts again. */
  public static final long RESTART = 4_000;

  @Override
  public String name() {
    return "stability";
  }

  @Override
  public String sentence() {
    return "What runs stays where it is and as it is.";
  }

  @Override
  public long cost(Situation situation) {
    long cost = 0;
    var after = situation.after().byReplica();
    for (Assignment before : situation.before().all()) {
      Assignment now = after.get(before.replica());
      if (now != null && !now.sameAs(before)) {
        cost += now.sameGpus(before) ? RESTART : MOVE;
      }
    }
    return cost;
  }
}
