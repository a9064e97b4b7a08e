package io.modeldepot.placement.plan;

import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Breakdown;
import java.util.List;

/**
 * One replica on its GPUs.
 *
 * @param replica which
 * @param option how it is served
 * @param gpus one for each shard, in order
 * @param perGpu what it takes on each of them
 */
public record Assignment(ReplicaId replica, Option option, List<GpuId> gpus, Breakdown perGpu) {

  /** Sorts. */
  public Assignment {
    gpus = gpus.stream().sorted().toList();
  }

  /** Whether it is on the same GPUs. */
  public boolean sameGpus(Assignment other) {
    return gpus.equals(other.gpus);
  }

  /** Whether nothing about it differs, so that its engine goes on. */
  public boolean sameAs(Assignment other) {
    return sameGpus(other) && option.ask().equals(other.option().ask());
  }
}
