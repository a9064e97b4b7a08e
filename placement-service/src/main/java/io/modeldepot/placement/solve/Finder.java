package io.modeldepot.placement.solve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds GPUs for a replica that is not placed: where it ran before, else the smallest kind, there
 * the GPU with the least left.
 */
final class Finder {
  private static final long NOWHERE = -1;

  private final Problem problem;
  private final State state;
  private final FreeIndex index;
  private final Favourites favourites;
  private final int[] kindsBySize;

  Finder(State state, Favourites favourites) {
    this.problem = state.problem;
    this.state = state;
    this.index = state.index();
    this.favourites = favourites;
    this.kindsBySize =
        IntStream.range(0, problem.kinds.length)
            .boxed()
            .sorted(Comparator.comparingLong(kind -> problem.sizeCost[kind]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Places it in the way that serves most, of those that fit somewhere. */
  boolean placeMostValuable(int item) {
    Choices choices = problem.items[item].choices();
    int best = -1;
    for (Chain chain : choices.chains()) {
      for (int kind : kindsBySize) {
        int at = chain.firstWithin(kind, room(item, chain, kind));
        if (at >= 0 && (best < 0 || choices.value()[chain.options()[at]] > choices.value()[best])) {
          best = chain.options()[at];
        }
      }
    }
    return place(item, best, best < 0 ? null : find(item, best));
  }

  /** Places it in the way that pays best for its memory, of those that fit somewhere. */
  boolean placeMostProfitable(int item) {
    Choices choices = problem.items[item].choices();
    int best = -1;
    int bestKind = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int number = 0; number < choices.chains().length; number++) {
      Chain chain = choices.chains()[number];
      for (int kind : kindsBySize) {
        int at = chain.firstWithin(kind, room(item, chain, kind));
        if (at < 0) {
          continue;
        }
        int option = favourites.option(item, number, kind, at);
        double profit = favourites.profit(choices, option, kind);
        if (profit > most) {
          most = profit;
          best = option;
          bestKind = kind;
        }
      }
    }
    if (best < 0) {
      return false;
    }
    int[] gpus = home(item, best);
    return place(item, best, gpus != null ? gpus : findOn(item, best, bestKind));
  }

  private boolean place(int item, int option, int @Nullable [] gpus) {
    if (gpus == null) {
      return false;
    }
    state.place(item, option, gpus);
    return true;
  }

  /** Where it fits so; null if nowhere. */
  int @Nullable [] find(int item, int option) {
    int[] home = home(item, option);
    if (home != null) {
      return home;
    }
    for (int kind : kindsBySize) {
      int[] gpus = findOn(item, option, kind);
      if (gpus != null) {
        return gpus;
      }
    }
    return null;
  }

  private int @Nullable [] home(int item, int option) {
    Item one = problem.items[item];
    boolean fits =
        one.beforeGpus().length == one.choices().shards()[option]
            && state.fits(item, option, one.beforeGpus());
    return fits ? one.beforeGpus() : null;
  }

  private int @Nullable [] findOn(int item, int option, int kind) {
    Choices choices = problem.items[item].choices();
    long bytes = choices.bytes()[option][kind];
    if (bytes >= Choices.NEVER) {
      return null;
    }
    int shards = choices.shards()[option];
    return shards == 1 ? single(item, bytes, kind) : group(item, bytes, kind, shards);
  }

  private int @Nullable [] single(int item, long bytes, int kind) {
    int best = FreeIndex.NONE;
    long least = Long.MAX_VALUE;
    int step = index.stepFrom(kind, index.step(bytes));
    while (step != FreeIndex.NONE && best == FreeIndex.NONE) {
      for (int gpu = index.firstIn(kind, step); gpu != FreeIndex.NONE; gpu = index.after(gpu)) {
        long free = state.free(gpu);
        if (free >= bytes && free < least && state.admits(item, gpu)) {
          best = gpu;
          least = free;
        }
      }
      step = index.stepFrom(kind, step + 1);
    }
    return best == FreeIndex.NONE ? null : new int[] {best};
  }

  private int @Nullable [] group(int item, long bytes, int kind, int shards) {
    int[] best = null;
    long least = Long.MAX_VALUE;
    for (int[] group : problem.groupsOfKind[kind]) {
      if (group.length < shards) {
        continue;
      }
      int[] chosen = fullest(item, group, shards, bytes);
      if (chosen == null) {
        continue;
      }
      long left = 0;
      for (int gpu : chosen) {
        left += state.free(gpu) - bytes;
      }
      if (left < least) {
        best = chosen;
        least = left;
      }
    }
    return best;
  }

  /** The most that each shard can have at once on GPUs of this kind; negative if it cannot be. */
  private long room(int item, Chain chain, int kind) {
    long least = chain.least()[kind][chain.options().length - 1];
    if (least >= Choices.NEVER) {
      return NOWHERE;
    }
    return chain.shards() == 1
        ? roomiest(item, kind, least)
        : roomiestGroup(item, kind, chain.shards(), least);
  }

  private long roomiest(int item, int kind, long atLeast) {
    int last = index.step(atLeast);
    int step = index.stepBefore(kind, index.top());
    while (step >= last) {
      long most = NOWHERE;
      for (int gpu = index.firstIn(kind, step); gpu != FreeIndex.NONE; gpu = index.after(gpu)) {
        if (state.free(gpu) > most && state.admits(item, gpu)) {
          most = state.free(gpu);
        }
      }
      if (most >= 0) {
        return most;
      }
      step = index.stepBefore(kind, step);
    }
    return NOWHERE;
  }

  private long roomiestGroup(int item, int kind, int shards, long atLeast) {
    long most = NOWHERE;
    for (int[] group : problem.groupsOfKind[kind]) {
      int many = 0;
      long least = Long.MAX_VALUE;
      if (group.length < shards) {
        continue;
      }
      for (int gpu : group) {
        if (state.free(gpu) >= atLeast) {
          many++;
        }
      }
      if (many < shards) {
        continue;
      }
      int[] chosen = roomiest(item, group, shards);
      if (chosen == null) {
        continue;
      }
      for (int gpu : chosen) {
        least = Math.min(least, state.free(gpu));
      }
      most = Math.max(most, least);
    }
    return most;
  }

  /** Of a group, so many that this replica may be on, those with the most free; null if too few. */
  int @Nullable [] roomiest(int item, int[] group, int shards) {
    return chosen(item, group, shards, 0, -1);
  }

  /** Those with the least free that still have enough; null if too few. */
  private int @Nullable [] fullest(int item, int[] group, int shards, long bytes) {
    return chosen(item, group, shards, bytes, 1);
  }

  /**
   * Of a group, so many that this replica may be on, ascending; null if too few.
   *
   * @param atLeast free on each
   * @param sign 1 to choose those with the least free, -1 those with the most
   */
  private int @Nullable [] chosen(int item, int[] group, int shards, long atLeast, int sign) {
    int[] chosen = new int[shards];
    int count = 0;
    for (int gpu : group) {
      if (state.free(gpu) < atLeast || !state.admits(item, gpu)) {
        continue;
      }
      int at = count;
      while (at > 0 && sign * state.free(chosen[at - 1]) > sign * state.free(gpu)) {
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
      return null;
    }
    Arrays.sort(chosen);
    return chosen;
  }
}
