package io.modeldepot.placement.rules;

import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A move costs minutes of loading and warm caches; a restart in place a little less. What cannot
 * run where it was any more is not moved by a plan: it starts anew wherever it goes, so that costs
 * nothing.
 */
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
    var gpus = situation.gpusById();
    for (Assignment before : situation.before().all()) {
      Assignment now = after.get(before.replica());
      if (now != null && !now.sameAs(before) && canRunThere(before, gpus)) {
        cost += now.sameGpus(before) ? RESTART : MOVE;
      }
    }
    return cost;
  }

  /** Not where a GPU left the fleet, or was changed for one of another kind beside its siblings. */
  private static boolean canRunThere(Assignment before, Map<GpuId, FleetGpu> gpus) {
    List<FleetGpu> there =
        before.gpus().stream().flatMap(id -> Stream.ofNullable(gpus.get(id))).toList();
    return there.size() == before.gpus().size()
        && there.stream().map(FleetGpu::kind).distinct().count() == 1;
  }
}
