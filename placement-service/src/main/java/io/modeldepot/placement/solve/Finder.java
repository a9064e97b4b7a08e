package io.modeldepot.placement.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds GPUs for a replica that is not placed: where it ran before, else the smallest kind, else a
 * GPU in use, else the one with the least left.
 */
final class Finder {
  private final Problem problem;
  private final State state;
  private final long[] mostFree;

  Finder(State state) {
    this.problem = state.problem;
    this.state = state;
    this.mostFree = new long[problem.kinds.length];
  }

  /** Places it in the first of these ways that fits and is worth more than that. */
  boolean placeBest(int item, int[] order, long worthMoreThan) {
    Choices choices = problem.items[item].choices();
    Arrays.fill(mostFree, -1);
    for (int gpu = 0; gpu < problem.gpuCount(); gpu++) {
      int kind = problem.kindOf[gpu];
      mostFree[kind] = Math.max(mostFree[kind], state.free(gpu));
    }
    for (int option : order) {
      if (choices.value()[option] > worthMoreThan && mayFit(choices.bytes()[option])) {
        int[] gpus = find(item, option);
        if (gpus != null) {
          state.place(item, option, gpus);
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayFit(long[] bytes) {
    for (int kind = 0; kind < bytes.length; kind++) {
      if (bytes[kind] <= mostFree[kind]) {
        return true;
      }
    }
    return false;
  }

  /** Where it fits so; null if nowhere. */
  int @Nullable [] find(int item, int option) {
    Item one = problem.items[item];
    int shards = one.choices().shards()[option];
    if (one.beforeGpus().length == shards && state.fits(item, option, one.beforeGpus())) {
      return one.beforeGpus();
    }
    return shards == 1 ? single(item, option) : group(item, option, shards);
  }

  private int @Nullable [] single(int item, int option) {
    long[] bytes = problem.items[item].choices().bytes()[option];
    int best = -1;
    long bestCost = Long.MAX_VALUE;
    long bestLeft = Long.MAX_VALUE;
    for (int gpu = 0; gpu < problem.gpuCount(); gpu++) {
      int kind = problem.kindOf[gpu];
      long left = state.free(gpu) - bytes[kind];
      if (left < 0) {
        continue;
      }
      long cost = problem.sizeCost[kind] * 2 + (state.countOn(gpu) == 0 ? 1 : 0);
      if ((cost < bestCost || cost == bestCost && left < bestLeft) && state.admits(item, gpu)) {
        best = gpu;
        bestCost = cost;
        bestLeft = left;
      }
    }
    return best < 0 ? null : new int[] {best};
  }

  private int @Nullable [] group(int item, int option, int shards) {
    long[] bytes = problem.items[item].choices().bytes()[option];
    int[] best = null;
    long bestCost = Long.MAX_VALUE;
    long bestLeft = Long.MAX_VALUE;
    for (int[] group : problem.groups) {
      int kind = problem.kindOf[group[0]];
      long cost = problem.sizeCost[kind];
      if (group.length < shards || bytes[kind] >= Choices.NEVER || cost > bestCost) {
        continue;
      }
      int[] chosen = fullest(item, group, shards, bytes[kind]);
      if (chosen.length < shards) {
        continue;
      }
      long left = 0;
      for (int gpu : chosen) {
        left += state.free(gpu) - bytes[kind];
      }
      if (cost < bestCost || left < bestLeft) {
        best = chosen;
        bestCost = cost;
        bestLeft = left;
      }
    }
    return best;
  }

  /** Those of a group with the least free that still have enough, ascending. */
  int[] fullest(int item, int[] group, int shards, long bytes) {
    int[] chosen = new int[shards];
    int count = 0;
    for (int gpu : group) {
      if (state.free(gpu) < bytes || !state.admits(item, gpu)) {
        continue;
      }
      int at = count;
      while (at > 0 && state.free(chosen[at - 1]) > state.free(gpu)) {
        if (at < shards) {
          chosen[at] = chosen[at - 1];
        }
        at--;
      }
      if (at < shards) {
        chosen[at] = gpu;
        count = Math.min(shards, count + 1);
      }
    }
    if (count < shards) {
      return new int[0];
    }
    Arrays.sort(chosen);
    return chosen;
  }
}
