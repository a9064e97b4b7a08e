package io.modeldepot.benchmarks.peers;

import io.modeldepot.benchmarks.peers.Instance.Replica;
import io.modeldepot.benchmarks.peers.Instance.Way;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.rules.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GPUs that are filled one replica after the other; what was placed is never touched again. */
public final class Packing {
  private static final int[] NONE = {};

  private final Instance instance;
  private final long[] free;
  private final Map<Integer, List<Integer>> gpusOfModel = new HashMap<>();
  private final Map<Integer, List<Integer>> modelsOnGpu = new HashMap<>();
  private final List<Assignment> placed = new ArrayList<>();
  private long value;

  /** Nothing is placed yet. */
  public Packing(Instance instance) {
    this.instance = instance;
    this.free = instance.capacity.clone();
  }

  /** What is served so far. */
  public long value() {
    return value;
  }

  /** What is placed so far. */
  public Assignments assignments() {
    return new Assignments(placed);
  }

  /** Takes the memory of what runs, which is of other models. */
  public void take(Assignments running) {
    Map<GpuId, Long> bytes = running.bytesByGpu();
    for (int gpu = 0; gpu < free.length; gpu++) {
      free[gpu] -= bytes.getOrDefault(instance.gpus.get(gpu).id(), 0L);
    }
  }

  /** The first GPUs that it fits, in their order. */
  Optional<int[]> firstFit(int replica, Way way) {
    return way.shards() == 1
        ? Arrays.stream(instance.groups)
            .flatMapToInt(Arrays::stream)
            .filter(gpu -> fits(replica, way, gpu))
            .mapToObj(gpu -> new int[] {gpu})
            .findFirst()
        : Arrays.stream(instance.groups)
            .map(group -> tightest(replica, way, group))
            .filter(gpus -> gpus.length > 0)
            .findFirst();
  }

  /** The GPUs on which least is left. */
  Optional<int[]> bestFit(int replica, Way way) {
    int[] best = NONE;
    long least = Long.MAX_VALUE;
    for (int[] group : instance.groups) {
      int[] gpus = tightest(replica, way, group);
      long left = 0;
      for (int gpu : gpus) {
        left += free[gpu] - way.bytes()[instance.kindOf[gpu]];
      }
      if (gpus.length > 0 && left < least) {
        least = left;
        best = gpus;
      }
    }
    return best.length == 0 ? Optional.empty() : Optional.of(best);
  }

  void place(int replica, Way way, int[] on) {
    int model = instance.replicas.get(replica).model();
    for (int gpu : on) {
      free[gpu] -= way.bytes()[instance.kindOf[gpu]];
      gpusOfModel.computeIfAbsent(model, key -> new ArrayList<>()).add(gpu);
      modelsOnGpu.computeIfAbsent(gpu, key -> new ArrayList<>()).add(model);
    }
    placed.add(instance.assignment(replica, way, on));
    value += way.value();
  }

  private int[] tightest(int replica, Way way, int[] group) {
    if (roomy(way, group) < way.shards()) {
      return NONE;
    }
    int[] fitting =
        Arrays.stream(group)
            .filter(gpu -> fits(replica, way, gpu))
            .boxed()
            .sorted((a, b) -> Long.compare(free[a], free[b]))
            .limit(way.shards())
            .mapToInt(Integer::intValue)
            .toArray();
    return fitting.length < way.shards() ? NONE : fitting;
  }

  /** How many have the memory: of most places that is all there is to know. */
  private int roomy(Way way, int[] group) {
    int count = 0;
    for (int gpu : group) {
      if (way.bytes()[instance.kindOf[gpu]] <= free[gpu]) {
        count++;
      }
    }
    return count;
  }

  private boolean fits(int replica, Way way, int gpu) {
    Replica one = instance.replicas.get(replica);
    return way.bytes()[instance.kindOf[gpu]] <= free[gpu]
        && one.allowed()[gpu]
        && isApart(one, gpu)
        && isAmongFriends(one, gpu);
  }

  private boolean isApart(Replica one, int gpu) {
    for (int other : gpusOfModel.getOrDefault(one.model(), List.of())) {
      if (other == gpu
          || one.spread() == Spread.HOSTS && instance.hostOf[other].equals(instance.hostOf[gpu])) {
        return false;
      }
    }
    return true;
  }

  private boolean isAmongFriends(Replica one, int gpu) {
    for (int model : modelsOnGpu.getOrDefault(gpu, List.of())) {
      if (instance.areEnemies(one.model(), model)) {
        return false;
      }
    }
    return true;
  }
}
