package io.modeldepot.placement.rules;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;

/** How far the replicas of a model are kept apart. */
public enum Spread {
  /** No two of them on one host. */
  HOSTS,
  /** No two of them on one GPU. */
  GPUS;

  /** By hosts where the fleet has enough of them for this demand, else by GPUs. */
  public static Spread of(Demand demand, Fleet fleet) {
    long hosts =
        fleet.gpus().stream()
            .filter(gpu -> gpu.condition().keeps() && demand.locations().contains(gpu.location()))
            .filter(gpu -> demand.pin().map(gpu.id()::isMeantBy).orElse(true))
            .map(gpu -> gpu.id().host())
            .distinct()
            .count();
    return hosts >= demand.replicas() ? HOSTS : GPUS;
  }
}
