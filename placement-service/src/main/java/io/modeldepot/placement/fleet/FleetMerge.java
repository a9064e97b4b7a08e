package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.terms.LocationName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    Map<GpuId, FleetGpu> gpus = new LinkedHashMap<>();
    for (HostReport host : latestFirst(reports)) {
      GpuReported said = host.report();
      for (Gpu gpu : said.gpus()) {
        Condition heard = condition(now, host, gpu);
        add(gpus, said.location(), said.host(), gpu, heard, wished);
      }
    }
    Set<String> reporting =
        reports.stream().map(host -> host.report().host()).collect(Collectors.toSet());
    for (HostInventory host : listed) {
      if (!reporting.contains(host.host())) {
        host.gpus()
            .forEach(
                gpu -> add(gpus, host.location(), host.host(), gpu, new Condition.Ready(), wished));
      }
    }
    return new Fleet(List.copyOf(gpus.values()));
  }

  private static List<HostReport> latestFirst(Collection<HostReport> reports) {
    return reports.stream().sorted(Comparator.comparing(HostReport::heardAt).reversed()).toList();
  }

  /** The first that is said of a GPU counts; one without a name cannot be planned with. */
  private static void add(
      Map<GpuId, FleetGpu> gpus,
      LocationName location,
      String host,
      Gpu gpu,
      Condition condition,
      Map<GpuId, GpuWish> wished) {
    if (!host.isBlank() && !gpu.id().isBlank()) {
      FleetGpu one = wanted(gpu(location, host, gpu).in(condition), wished);
      gpus.putIfAbsent(one.id(), one);
    }
  }

  private Condition condition(Instant now, HostReport host, Gpu gpu) {
    GpuReported said = host.report();
    Instant saidLost = host.lostSince().get(gpu.id());
    if (saidLost == null && now.isBefore(host.heardAt().plusSeconds(said.ttlSeconds()))) {
      return new Condition.Ready();
    }
    Instant since = saidLost == null ? host.heardAt() : saidLost;
    Instant graceEnds = (saidLost == null ? host.silentFrom() : saidLost).plus(grace);
    return now.isBefore(graceEnds)
        ? new Condition.Lost(since, graceEnds)
        : new Condition.GivenUp(since);
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
