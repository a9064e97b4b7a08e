package io.modeldepot.placement.solve;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.fleet.GpuKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The ways of serving one model in numbers, the most valuable first. Ways that serve less than
 * another and need no less are left out.
 *
 * @param options the ways
 * @param value of each
 * @param shards of each
 * @param bytes of one shard, by option and kind of GPU; {@link #NEVER} where it cannot be
 * @param chains the ways by their number of shards, few first
 */
record Choices(List<Option> options, long[] value, int[] shards, long[][] bytes, Chain[] chains) {
  static final long NEVER = Long.MAX_VALUE / 4;

  static Choices of(Demand demand, GpuKind[] kinds, int mostShards) {
    List<Option> kept = new ArrayList<>();
    List<long[]> needs = new ArrayList<>();
    for (Option option : Options.of(demand, mostShards)) {
      long[] need = new long[kinds.length];
      for (int kind = 0; kind < kinds.length; kind++) {
        boolean cut = option.ask().tensorParallel() > 1;
        need[kind] =
            cut && kinds[kind].form() == GpuKind.Form.SLICE
                ? NEVER
                : demand.memoryOn(kinds[kind]).breakdown(option.ask()).bytesPerGpu();
      }
      if (!dominated(option, need, kept, needs)) {
        kept.add(option);
        needs.add(need);
      }
    }
    int[] shards = kept.stream().mapToInt(option -> option.ask().tensorParallel()).toArray();
    long[][] bytes = needs.toArray(long[][]::new);
    return new Choices(
        List.copyOf(kept),
        kept.stream().mapToLong(Option::value).toArray(),
        shards,
        bytes,
        chains(shards, bytes, kinds.length));
  }

  private static Chain[] chains(int[] shards, long[][] bytes, int kinds) {
    return Arrays.stream(shards)
        .distinct()
        .sorted()
        .mapToObj(
            many ->
                Chain.of(
                    many,
                    IntStream.range(0, shards.length).filter(i -> shards[i] == many).toArray(),
                    bytes,
                    kinds))
        .toArray(Chain[]::new);
  }

  /** The number of the chain of this way. */
  int chainOf(int option) {
    int chain = 0;
    while (chains[chain].shards() != shards[option]) {
      chain++;
    }
    return chain;
  }

  /** What the smallest way of serving takes on a GPU at least. */
  long fewestBytes() {
    long fewest = NEVER;
    for (long[] need : bytes) {
      for (long one : need) {
        fewest = Math.min(fewest, one);
      }
    }
    return fewest;
  }

  int count() {
    return value.length;
  }

  long most() {
    return value.length == 0 ? 0 : value[0];
  }

  /**
   * What is kept is worth at least as much, because the most valuable come first; of those with as
   * many shards the last one kept needs least.
   */
  private static boolean dominated(
      Option option, long[] need, List<Option> kept, List<long[]> needs) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (kept.get(i).ask().tensorParallel() == option.ask().tensorParallel()) {
        return noMore(needs.get(i), need);
      }
    }
    return false;
  }

  private static boolean noMore(long[] one, long[] other) {
    for (int kind = 0; kind < one.length; kind++) {
      if (one[kind] > other[kind]) {
        return false;
      }
    }
    return true;
  }
}
