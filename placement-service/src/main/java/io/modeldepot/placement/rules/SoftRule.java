package io.modeldepot.placement.rules;

/** What a plan avoids where nothing that is served depends on it. */
public sealed interface SoftRule permits Stability, SmallestGpu, Fragmentation, Balance {

  /** Short, in words joined by hyphens. */
  String name();

  /** For people. */
  String sentence();

  /** What this plan costs; the costs of all rules are added. */
  long cost(Situation situation);
}
