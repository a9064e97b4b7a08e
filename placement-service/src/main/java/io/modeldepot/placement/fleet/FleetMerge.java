package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.terms.LocationName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one fleet of files, reports and wishes. A host that reports is taken from its report, not
 * from the file. A host that is silent for longer than its time to live is lost; after the grace it
 * is given up.
 *
 * @param grace how long what is on a lost GPU stays
 */
public record FleetMerge(Duration grace) {

  /** The fleet at this time. */
  public Fleet at(
      Instant now,
      Collection<HostInventory> listed,
      Collection<HostReport> reports,
      Collection<GpuWish> wishes) {
    Map<GpuId, GpuWish> wished = new HashMap<>();
    wishes.forEach(wish -> wished.put(wish.id(), wish.at(now)));
    List<FleetGpu> gpus = new ArrayList<>();
    for (HostReport host : reports) {
      GpuReported said = host.report();
      Instant silent = host.heardAt().plusSeconds(said.ttlSeconds());
      for (Gpu gpu : said.gpus()) {
        Condition heard = condition(now, gpu, host.heardAt(), silent);
        gpus.add(wanted(gpu(said.location(), said.host(), gpu).in(heard), wished));
      }
    }
    Set<String> reporting =
        reports.stream().map(host -> host.report().host()).collect(Collectors.toSet());
    for (HostInventory host : listed) {
      if (!reporting.contains(host.host())) {
        host.gpus().forEach(it -> gpus.add(wanted(gpu(host.location(), host.host(), it), wished)));
      }
    }
    return new Fleet(gpus);
  }

  private Condition condition(Instant now, Gpu gpu, Instant heardAt, Instant silent) {
    boolean saidLost = gpu.state() != GpuState.READY;
    if (!saidLost && now.isBefore(silent)) {
      return new Condition.Ready();
    }
    Instant graceEnds = (saidLost ? heardAt : silent).plus(grace);
    return now.isBefore(graceEnds)
        ? new Condition.Lost(heardAt, graceEnds)
        : new Condition.GivenUp(heardAt);
  }

  private static FleetGpu gpu(LocationName location, String host, Gpu gpu) {
    return new FleetGpu(
        location,
        new GpuId(host, gpu.id()),
        GpuKind.of(gpu.id(), gpu.name(), gpu.memoryBytes()),
        Math.min(gpu.usableBytes(), gpu.memoryBytes()),
        Optional.empty(),
        gpu.measuredBytes().map(OptionalLong::of).orElse(OptionalLong.empty()),
        new Condition.Ready());
  }

  private static FleetGpu wanted(FleetGpu gpu, Map<GpuId, GpuWish> wished) {
    GpuWish wish = wished.get(gpu.id());
    if (wish == null) {
      return gpu;
    }
    FleetGpu reserved = wish.reservation().map(gpu::reserving).orElse(gpu);
    return wish.drained().isPresent() && gpu.condition().keeps()
        ? reserved.in(wish.drained().get())
        : reserved;
  }
}
