package io.modeldepot.placement.rules;

import java.util.List;

/** What no plan may break. */
public sealed interface HardRule
    permits MemoryIsNeverOversold,
        ShardsOnEqualGpusOfOneHost,
        PinnedToItsGpu,
        ApartFromOthers,
        ReplicasApart,
        OnlyOnGpusThatTake,
        OnlyWhereTheFilesAre,
        OnlyWhatIsAsked {

  /** Short, in words joined by hyphens. */
  String name();

  /** For people. */
  String sentence();

  /** Every violation, in words; empty if there is none. */
  List<String> violations(Situation situation);
}
