package io.modeldepot.placement.solve;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.GpuKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last problem teaches about the next one, which mostly differs in one model: how each
 * demand can be served, and the prices. Without it a change on a large site is read for seconds.
 */
final class Memory {
  /** Nothing was solved yet. */
  static final Memory NONE = new Memory(Fleet.NONE, List.of(), 0, Map.of(), null);

  private final Fleet fleet;
  private final List<GpuKind> kinds;
  private final int mostShards;
  private final Map<Demand, Choices> choices;
  private final @Nullable Prices prices;

  private Memory(
      Fleet fleet,
      List<GpuKind> kinds,
      int mostShards,
      Map<Demand, Choices> choices,
      @Nullable Prices prices) {
    this.fleet = fleet;
    this.kinds = kinds;
    this.mostShards = mostShards;
    this.choices = choices;
    this.prices = prices;
  }

  /** What is to be kept of this problem. */
  static Memory of(Problem problem, Fleet fleet, Prices prices) {
    Map<Demand, Choices> choices = HashMap.newHashMap(problem.demands.size());
    for (int model = 0; model < problem.demands.size(); model++) {
      choices.put(
          problem.demands.get(model), problem.items[problem.itemsOfModel[model][0]].choices());
    }
    return new Memory(fleet, List.of(problem.kinds), mostShards(problem.groups), choices, prices);
  }

  static int mostShards(int[][] groups) {
    return Arrays.stream(groups).mapToInt(group -> group.length).max().orElse(1);
  }

  /** How a demand can be served on such a fleet. */
  Choices choices(Demand demand, GpuKind[] on, int shards) {
    Choices known = shards == mostShards && kinds.equals(List.of(on)) ? choices.get(demand) : null;
    return known == null ? Choices.of(demand, on, shards) : known;
  }

  /** The prices of the same GPUs, if the last problem had the same. */
  @Nullable Prices prices(Fleet of) {
    return fleet.equals(of) ? prices : null;
  }
}
