package io.modeldepot.placement.solve;

/**
 * The ways of serving one model on so many GPUs: the most valuable first, each needing less on some
 * kind of GPU than the one before.
 *
 * @param shards on how many GPUs
 * @param options numbers of the ways
 * @param least by kind and position: the fewest bytes of one shard of the ways up to there
 */
record Chain(int shards, int[] options, long[][] least) {

  static Chain of(int shards, int[] options, long[][] bytes, int kinds) {
    long[][] least = new long[kinds][options.length];
    for (int kind = 0; kind < kinds; kind++) {
      long fewest = Choices.NEVER;
      for (int at = 0; at < options.length; at++) {
        fewest = Math.min(fewest, bytes[options[at]][kind]);
        least[kind][at] = fewest;
      }
    }
    return new Chain(shards, options, least);
  }

  /** The position of the most valuable way that needs at most so much there; -1 if none does. */
  int firstWithin(int kind, long atMost) {
    long[] fewest = least[kind];
    int low = 0;
    int high = fewest.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fewest[middle] <= atMost) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == fewest.length || atMost < 0 ? -1 : low;
  }
}
