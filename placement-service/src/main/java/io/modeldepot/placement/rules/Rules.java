package io.modeldepot.placement.rules;

import java.util.List;

/** All of them, the hard ones and the soft ones. */
public final class Rules {
  /** What no plan may break. */
  public static final List<HardRule> HARD =
      List.of(
          new MemoryIsNeverOversold(),
          new ShardsOnEqualGpusOfOneHost(),
          new PinnedToItsGpu(),
          new ApartFromOthers(),
          new ReplicasApart(),
          new OnlyOnGpusThatTake(),
          new OnlyWhereTheFilesAre(),
          new OnlyWhatIsAsked());

  /** What a plan avoids, once no other plan serves more. */
  public static final List<SoftRule> SOFT =
      List.of(new Stability(), new SmallestGpu(), new Fragmentation(), new Balance());

  private Rules() {}

  /** Every violation of every hard rule, with the rule's name. */
  public static List<String> violations(Situation situation) {
    return HARD.stream()
        .flatMap(
            rule ->
                rule.violations(situation).stream()
                    .map(violation -> rule.name() + ": " + violation))
        .toList();
  }

  /** The sum of what the soft rules count. */
  public static long softCost(Situation situation) {
    return SOFT.stream().mapToLong(rule -> rule.cost(situation)).sum();
  }
}
