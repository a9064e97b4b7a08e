package io.modeldepot.placement.rules;

import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;

/** Large GPUs are left to models that need them. */
public record SmallestGpu() implements SoftRule {
  private static final int GIB_SHIFT = 30;

  @Override
  public String name() {
    return "smallest-gpu";
  }

  @Override
  public String sentence() {
    return "A model takes the smallest GPU that it fits.";
  }

  /** One for every GiB of memory of the GPUs that a replica is on. */
  @Override
  public long cost(Situation situation) {
    var gpus = situation.gpusById();
    long cost = 0;
    for (Assignment one : situation.after().all()) {
      for (GpuId id : one.gpus()) {
        var gpu = gpus.get(id);
        cost += gpu == null ? 0 : cost(gpu.kind().memoryBytes());
      }
    }
    return cost;
  }

  /** What one shard on a GPU of so much memory costs. */
  public static long cost(long memoryBytes) {
    return memoryBytes >> GIB_SHIFT;
  }
}
