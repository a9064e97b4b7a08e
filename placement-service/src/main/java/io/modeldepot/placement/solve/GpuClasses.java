package io.modeldepot.placement.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GPUs whose memory has one price: those of one kind in groups of one size.
 *
 * @param groups the groups of each class
 * @param classOf of each GPU
 * @param bytes of each class, all that may be planned with
 */
record GpuClasses(int[][][] groups, int[] classOf, double[] bytes) {

  static GpuClasses of(Problem problem) {
    Map<String, List<int[]>> classes = new LinkedHashMap<>();
    for (int[] group : problem.groups) {
      classes
          .computeIfAbsent(problem.kindOf[group[0]] + "x" + group.length, key -> new ArrayList<>())
          .add(group);
    }
    int[][][] groups =
        classes.values().stream().map(list -> list.toArray(int[][]::new)).toArray(int[][][]::new);
    int[] classOf = new int[problem.gpuCount()];
    double[] bytes = new double[groups.length];
    for (int c = 0; c < groups.length; c++) {
      for (int[] group : groups[c]) {
        for (int gpu : group) {
          classOf[gpu] = c;
          boolean planned = problem.gpus.get(gpu).condition().keeps();
          bytes[c] += planned ? problem.capacity[gpu] : 0;
        }
      }
    }
    return new GpuClasses(groups, classOf, bytes);
  }

  int count() {
    return groups.length;
  }

  int kind(int c, Problem problem) {
    return problem.kindOf[groups[c][0][0]];
  }

  /**
   * The most bytes that each of so many shards can have at once on GPUs of this class; negative
   * where there are not so many GPUs together.
   */
  long roomiest(int c, int shards, BitSet allowed, Problem problem) {
    long best = -1;
    for (int[] group : groups[c]) {
      if (group.length < shards) {
        continue;
      }
      long[] sizes =
          Arrays.stream(group)
              .filter(allowed::get)
              .mapToLong(gpu -> problem.capacity[gpu])
              .sorted()
              .toArray();
      if (sizes.length >= shards) {
        best = Math.max(best, sizes[sizes.length - shards]);
      }
    }
    return best;
  }
}
