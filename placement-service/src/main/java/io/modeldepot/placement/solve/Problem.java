package io.modeldepot.placement.solve;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.rules.SmallestGpu;
import io.modeldepot.placement.rules.Stability;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  private final long mostValue;

  /** What moving a running replica costs at most, in the unit of what is served. */
  private final long tollOfMove;

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
    this.mostValue = most();
    this.tollOfMove = items.length == 0 ? 0 : mostValue / items.length / TOLL;
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

  /**
   * What is paid for serving a replica so, after how it runs now, in the unit of what is served.
   * Always less than what it serves so: else the least of replicas would be stopped to save the
   * move.
   *
   * @param gpus ascending
   */
  long tollOf(int item, int option, int[] gpus) {
    long toll = items[item].stabilityOf(option, gpus) * tollOfMove / Stability.MOVE;
    return Math.min(toll, items[item].choices().value()[option] - 1);
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

  /** What would be served if every replica had the GPUs for itself. */
  long mostValue() {
    return mostValue;
  }

  private long most() {
    Map<Integer, long[]> roomiest = new HashMap<>();
    long sum = 0;
    for (Item item : items) {
      sum += most(item.choices(), roomiest);
    }
    return sum;
  }

  /** A wish that no GPU can fulfil is worth nothing: it would outweigh all that can be served. */
  private long most(Choices choices, Map<Integer, long[]> roomiest) {
    for (int option = 0; option < choices.count(); option++) {
      long[] room = roomiest.computeIfAbsent(choices.shards()[option], this::roomiest);
      for (int kind = 0; kind < kinds.length; kind++) {
        if (choices.bytes()[option][kind] <= room[kind]) {
          return choices.value()[option];
        }
      }
    }
    return 0;
  }

  /**
   * By kind the most bytes that each of so many shards can have; negative where there are fewer
   * GPUs.
   */
  private long[] roomiest(int shards) {
    long[] most = new long[kinds.length];
    Arrays.fill(most, -1);
    for (int[] group : groups) {
      if (group.length >= shards) {
        long[] sizes = Arrays.stream(group).mapToLong(gpu -> capacity[gpu]).sorted().toArray();
        int kind = kindOf[group[0]];
        most[kind] = Math.max(most[kind], sizes[sizes.length - shards]);
      }
    }
    return most;
  }
}
