package io.modeldepot.placement.seed;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetMerge;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.SeedGpus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The seed's two GPUs: 32 GB and 96 GB. */
public final class SeedFleet {
  /** RTX 5090. */
  public static final GpuId SMALL = new GpuId("gpu-host", "0");

  /** RTX PRO 6000. */
  public static final GpuId LARGE = new GpuId("gpu-host", "1");

  private SeedFleet() {}

  /** Both, ready. */
  public static Fleet both() {
    return new FleetMerge(Duration.ofMinutes(5))
        .at(Instant.EPOCH, SeedGpus.hosts(LocationName.of("default")), List.of(), List.of());
  }
}
