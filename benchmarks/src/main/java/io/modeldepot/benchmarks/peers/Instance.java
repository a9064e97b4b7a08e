package io.modeldepot.benchmarks.peers;

import io.modeldepot.benchmarks.drawn.DrawnSite;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.rules.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A site on which nothing runs yet, in numbers, for those that the solver is compared with. It
 * takes the ways of serving and their bytes from where the solver takes them, and nothing else.
 */
public final class Instance {
  static final long NEVER = Long.MAX_VALUE / 4;

  final List<FleetGpu> gpus;
  final long[] capacity;
  final int[] kindOf;
  final String[] hostOf;
  final int[][] groups;
  final List<Replica> replicas = new ArrayList<>();
  private final List<Demand> demands;
  private final List<GpuKind> kinds;

  /**
   * A way of serving a replica.
   *
   * @param bytes of one shard by kind of GPU
   */
  public record Way(Option option, long[] bytes) {
    int shards() {
      return option.ask().tensorParallel();
    }

    long value() {
      return option.value();
    }

    /** On all its shards, on the kind where it takes least. */
    double leastBytes() {
      return (double) shards() * Arrays.stream(bytes).min().orElse(NEVER);
    }
  }

  /**
   * One copy of a model.
   *
   * @param ways the most valuable first; what serves less and takes no less is left out
   * @param allowed by GPU
   */
  record Replica(
      int model, ReplicaId id, Demand demand, List<Way> ways, boolean[] allowed, Spread spread) {}

  /** Reads a site. */
  public Instance(DrawnSite site) {
    this.demands = site.demands();
    this.gpus = site.fleet().gpus();
    this.kinds = gpus.stream().map(FleetGpu::kind).distinct().toList();
    this.capacity = gpus.stream().mapToLong(FleetGpu::plannableBytes).toArray();
    this.kindOf = gpus.stream().mapToInt(gpu -> kinds.indexOf(gpu.kind())).toArray();
    this.hostOf = gpus.stream().map(gpu -> gpu.id().host()).toArray(String[]::new);
    this.groups = groups();
    int mostShards = Arrays.stream(groups).mapToInt(group -> group.length).max().orElse(1);
    for (int model = 0; model < demands.size(); model++) {
      Demand demand = demands.get(model);
      List<Way> ways = ways(demand, mostShards);
      Spread spread = Spread.of(demand, site.fleet());
      for (int number = 0; number < demand.replicas(); number++) {
        replicas.add(
            new Replica(
                model,
                new ReplicaId(demand.model(), number),
                demand,
                ways,
                allowed(demand),
                spread));
      }
    }
  }

  /** Whether one of two models says that it shares no GPU with the other. */
  boolean areEnemies(int one, int other) {
    return one != other
        && (demands.get(one).apartFrom().contains(demands.get(other).model())
            || demands.get(other).apartFrom().contains(demands.get(one).model()));
  }

  /** A replica on GPUs, as plans have it. */
  Assignment assignment(int replica, Way way, int[] on) {
    Replica one = replicas.get(replica);
    return new Assignment(
        one.id(),
        way.option(),
        Arrays.stream(on).mapToObj(gpu -> gpus.get(gpu).id()).toList(),
        one.demand().memoryOn(gpus.get(on[0]).kind()).breakdown(way.option().ask()));
  }

  private int[][] groups() {
    Map<String, List<Integer>> byHostAndKind = new LinkedHashMap<>();
    for (int gpu = 0; gpu < gpus.size(); gpu++) {
      byHostAndKind
          .computeIfAbsent(hostOf[gpu] + "|" + kindOf[gpu], key -> new ArrayList<>())
          .add(gpu);
    }
    return byHostAndKind.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private List<Way> ways(Demand demand, int mostShards) {
    List<Way> kept = new ArrayList<>();
    for (Option option : Options.of(demand, mostShards)) {
      long[] bytes = new long[kinds.size()];
      for (int kind = 0; kind < bytes.length; kind++) {
        boolean cutOverSlices =
            option.ask().tensorParallel() > 1 && kinds.get(kind).form() == GpuKind.Form.SLICE;
        bytes[kind] =
            cutOverSlices
                ? NEVER
                : demand.memoryOn(kinds.get(kind)).breakdown(option.ask()).bytesPerGpu();
      }
      Way way = new Way(option, bytes);
      if (kept.stream().noneMatch(better -> takesNoMore(better, way))) {
        kept.add(way);
      }
    }
    return List.copyOf(kept);
  }

  private static boolean takesNoMore(Way one, Way other) {
    if (one.shards() != other.shards()) {
      return false;
    }
    for (int kind = 0; kind < one.bytes().length; kind++) {
      if (one.bytes()[kind] > other.bytes()[kind]) {
        return false;
      }
    }
    return true;
  }

  private boolean[] allowed(Demand demand) {
    boolean[] allowed = new boolean[gpus.size()];
    for (int gpu = 0; gpu < allowed.length; gpu++) {
      FleetGpu one = gpus.get(gpu);
      allowed[gpu] =
          one.condition().takes()
              && demand.locations().contains(one.location())
              && demand.pin().map(one.id()::isMeantBy).orElse(true);
    }
    return allowed;
  }
}
