package io.modeldepot.benchmarks.drawn;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What operators do to a site: the same site, with wishes that a plan must respect. */
public final class Trouble {
  private static final int SLICES = 4;

  private final Random random;

  /** The same for the same seed. */
  public Trouble(long seed) {
    this.random = new Random(seed);
  }

  /** One model in so many is pinned to a GPU that could hold the least that would do. */
  public DrawnSite pinned(DrawnSite site, int oneIn) {
    List<Demand> demands = new ArrayList<>();
    for (Demand demand : site.demands()) {
      List<FleetGpu> roomy =
          site.fleet().gpus().stream()
              .filter(
                  gpu -> demand.replicas() == 1 && leastBytes(demand, gpu) <= gpu.plannableBytes())
              .toList();
      demands.add(
          random.nextInt(oneIn) == 0 && !roomy.isEmpty()
              ? demand.pinnedTo(roomy.get(random.nextInt(roomy.size())).id().toString())
              : demand);
    }
    return new DrawnSite(site.fleet(), demands);
  }

  /** One model in so many shares no GPU with two others. */
  public DrawnSite apart(DrawnSite site, int oneIn) {
    List<Demand> all = site.demands();
    return new DrawnSite(
        site.fleet(),
        all.stream()
            .map(
                demand ->
                    random.nextInt(oneIn) == 0
                        ? demand.apart(
                            Set.of(
                                all.get(random.nextInt(all.size() / 2)).model(),
                                all.get(all.size() / 2 + random.nextInt((all.size() + 1) / 2))
                                    .model()))
                        : demand)
            .toList());
  }

  /** One model in so many is asked for by half as many users more. */
  public DrawnSite otherUsers(DrawnSite site, int oneIn) {
    return new DrawnSite(
        site.fleet(),
        site.demands().stream()
            .map(
                demand ->
                    random.nextInt(oneIn) == 0
                        ? demand.forUsers(
                            new Range(demand.users().least(), 1 + demand.users().wanted() * 3 / 2))
                        : demand)
            .toList());
  }

  /** One GPU in so many is drained, at least one. */
  public DrawnSite drained(DrawnSite site, int oneIn) {
    int always = random.nextInt(site.fleet().gpus().size());
    List<FleetGpu> gpus = new ArrayList<>();
    for (FleetGpu gpu : site.fleet().gpus()) {
      boolean drain = gpus.size() == always || random.nextInt(oneIn) == 0;
      gpus.add(drain ? gpu.in(new Condition.Drained(Optional.empty(), "new fan")) : gpu);
    }
    return new DrawnSite(new Fleet(gpus), site.demands());
  }

  /** The GPUs of one host in so many are cut into four slices each. */
  public DrawnSite sliced(DrawnSite site, int oneIn) {
    List<FleetGpu> gpus = new ArrayList<>();
    Set<String> hosts = new LinkedHashSet<>();
    site.fleet().gpus().forEach(gpu -> hosts.add(gpu.id().host()));
    hosts.removeIf(host -> random.nextInt(oneIn) != 0);
    for (FleetGpu gpu : site.fleet().gpus()) {
      if (!hosts.contains(gpu.id().host())) {
        gpus.add(gpu);
        continue;
      }
      for (int slice = 0; slice < SLICES; slice++) {
        gpus.add(
            DrawnSite.gpu(
                gpu.id().host(),
                "MIG-" + gpu.id().id() + "-" + slice,
                gpu.kind().name() + " MIG",
                gpu.kind().memoryBytes() / SLICES));
      }
    }
    return new DrawnSite(new Fleet(gpus), site.demands());
  }

  private static long leastBytes(Demand demand, FleetGpu gpu) {
    return Options.of(demand, 1).stream()
        .mapToLong(option -> demand.memoryOn(gpu.kind()).breakdown(option.ask()).bytesPerGpu())
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
