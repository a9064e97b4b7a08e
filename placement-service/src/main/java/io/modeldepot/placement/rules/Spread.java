package io.modeldepot.placement.rules;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import java.util.HashSet;
import java.util.Set;

/** How far the replicas of a model are kept apart. */
public enum Spread {
  /** No two of them on one host. */
  HOSTS,
  /** No two of them on one GPU. */
  GPUS;

  /** By hosts where the fleet has enough of them for this demand, else by GPUs. */
  public static Spread of(Demand demand, Fleet fleet) {
    Set<String> hosts = new HashSet<>();
    for (FleetGpu gpu : fleet.gpus()) {
      if (gpu.condition().keeps()
          && demand.locations().contains(gpu.location())
          && (demand.pin().isEmpty() || gpu.id().isMeantBy(demand.pin().get()))) {
        hosts.add(gpu.id().host());
        if (hosts.size() == demand.replicas()) {
          return HOSTS;
        }
      }
    }
    return GPUS;
  }
}
