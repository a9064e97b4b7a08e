package io.modeldepot.placement.solve;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.rules.SmallestGpu;
import java.util.Arrays;
import java.util.List;

/**
 * Everything to be decided, in numbers: GPUs, kinds, groups (the GPUs of one kind on one host),
 * replicas.
 */
final class Problem {
  private static final long TOLL = 100;

  final List<FleetGpu> gpus;
  final List<Demand> demands;
  final GpuKind[] kinds;
  final long[] capacity;
  final int[] kindOf;
  final int[] hostOf;
  final long[] sizeCost;
  final int[][] groups;
  final int[] groupOf;
  final int[][][] groupsOfKind;
  final Item[] items;
  final int[][] itemsOfModel;

  /** What moving a running replica costs, in the unit of what is served. */
  final long tollOfMove;

  Problem(
      List<FleetGpu> gpus,
      List<Demand> demands,
      GpuKind[] kinds,
      int[] kindOf,
      int[] hostOf,
      int[][] groups,
      Item[] items,
      int[][] itemsOfModel) {
    this.gpus = gpus;
    this.demands = demands;
    this.kinds = kinds;
    this.kindOf = kindOf;
    this.hostOf = hostOf;
    this.groups = groups;
    this.items = items;
    this.itemsOfModel = itemsOfModel;
    this.capacity = gpus.stream().mapToLong(FleetGpu::plannableBytes).toArray();
    this.groupOf = new int[gpus.size()];
    for (int group = 0; group < groups.length; group++) {
      for (int gpu : groups[group]) {
        groupOf[gpu] = group;
      }
    }
    this.tollOfMove = items.length == 0 ? 0 : mostValue() / items.length / TOLL;
    this.groupsOfKind = new int[kinds.length][][];
    for (int kind = 0; kind < kinds.length; kind++) {
      int of = kind;
      this.groupsOfKind[kind] =
          Arrays.stream(groups).filter(group -> kindOf[group[0]] == of).toArray(int[][]::new);
    }
    this.sizeCost = new long[kinds.length];
    for (int kind = 0; kind < kinds.length; kind++) {
      sizeCost[kind] = SmallestGpu.cost(kinds[kind].memoryBytes());
    }
  }

  int gpuCount() {
    return capacity.length;
  }

  long need(int item, int option, int gpu) {
    return items[item].choices().bytes()[option][kindOf[gpu]];
  }

  /** Whether nothing of it runs yet. */
  boolean isFresh() {
    return Arrays.stream(items).noneMatch(Item::ran);
  }

  /** What would be served if there were GPUs without end. */
  long mostValue() {
    long sum = 0;
    for (Item item : items) {
      sum += item.choices().most();
    }
    return sum;
  }
}
