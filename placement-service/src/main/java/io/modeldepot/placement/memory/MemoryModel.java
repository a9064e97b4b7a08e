package io.modeldepot.placement.memory;

import java.util.OptionalInt;

/**
 * The memory of one model under one engine.
 *
 * <p>Per GPU: {@code weights = ceil(bytes / shards) × padding}; {@code kv = users × context × 2 ×
 * layers × KV heads of the shard × head size × bytes}; {@code overhead = fixed + share × weights}.
 * Their sum must not exceed what is usable of the smallest GPU that takes part. Utilisation is not
 * known here: usable bytes have it in them.
 *
 * @param shape the model
 * @param costs the engine
 */
public record MemoryModel(ModelShape shape, EngineCosts costs) {
  private static final long MORE_THAN_ANY = 1L << 58;

  /**
   * What this way of serving takes on each GPU.
   *
   * @throws IllegalArgumentException if the model cannot be cut into that many shards
   */
  public Breakdown breakdown(Ask ask) {
    long weights = weightsBytes(ask.variant(), ask.tensorParallel());
    return new Breakdown(
        ask,
        weights,
        atMostAll(
            ask.users(), kvBytesPerUser(ask.variant(), ask.contextTokens(), ask.tensorParallel())),
        costs.overhead(weights),
        costs.engine(),
        shape.remarks());
  }

  /**
   * How many users fit at this context; zero if none.
   *
   * @param usableBytes of the smallest GPU that takes part
   */
  public int usersThatFit(
      long usableBytes, Variant variant, int contextTokens, int tensorParallel) {
    if (!shape.canBeCutInto(tensorParallel) || contextTokens > shape.contextTokens()) {
      return 0;
    }
    long rest = rest(usableBytes, variant, tensorParallel);
    long perUser = kvBytesPerUser(variant, contextTokens, tensorParallel);
    return rest <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, rest / perUser);
  }

  /**
   * The longest context that fits for so many users, in whole blocks; empty if none. Never longer
   * than the model's.
   *
   * @param usableBytes of the smallest GPU that takes part
   */
  public OptionalInt contextThatFits(
      long usableBytes, Variant variant, int users, int tensorParallel) {
    if (!shape.canBeCutInto(tensorParallel)) {
      return OptionalInt.empty();
    }
    long rest = rest(usableBytes, variant, tensorParallel);
    long perBlock = kvBytesPerUser(variant, 1, tensorParallel);
    if (rest < perBlock * users) {
      return OptionalInt.empty();
    }
    long tokens = rest / users / perBlock * costs.blockTokens();
    if (tokens >= windowTokens()) {
      return OptionalInt.of(shape.contextTokens());
    }
    return OptionalInt.of((int) Math.min(tokens, shape.contextTokens()));
  }

  /**
   * What a KV cache of so many tokens takes on each GPU.
   *
   * @throws IllegalArgumentException if the model cannot be cut into that many shards
   */
  public long kvBytes(Variant variant, long tokens, int tensorParallel) {
    if (!shape.canBeCutInto(tensorParallel)) {
      throw new IllegalArgumentException(
          "%d heads cannot be divided over %d GPUs.".formatted(shape.heads(), tensorParallel));
    }
    return atMostAll(tokens, kvBytesPerToken(variant, tensorParallel));
  }

  private long kvBytesPerToken(Variant variant, int shards) {
    long headsOfShard = Math.max(1, shape.kvHeads() / shards);
    return shape.kvBytesPerToken(variant) / shape.kvHeads() * headsOfShard;
  }

  private long weightsBytes(Variant variant, int shards) {
    if (!shape.canBeCutInto(shards)) {
      throw new IllegalArgumentException(
          "%d heads cannot be divided over %d GPUs.".formatted(shape.heads(), shards));
    }
    return costs.padded(Math.ceilDiv(shape.weightsBytes(variant), (long) shards));
  }

  private long rest(long usableBytes, Variant variant, int shards) {
    long weights = weightsBytes(variant, shards);
    return usableBytes - weights - costs.overhead(weights);
  }

  /** On one shard. A shard holds at least one KV head. */
  private long kvBytesPerUser(Variant variant, int contextTokens, int shards) {
    long tokens = Math.min(contextTokens, windowTokens());
    long blocks = Math.ceilDiv(tokens, (long) costs.blockTokens());
    return Math.max(1, atMostAll(blocks * costs.blockTokens(), kvBytesPerToken(variant, shards)));
  }

  /** A product that would not fit a number is more than any GPU has; that is enough to know. */
  private static long atMostAll(long users, long bytes) {
    boolean fits = Math.multiplyHigh(users, bytes) == 0;
    return fits && users * bytes >= 0 ? Math.min(users * bytes, MORE_THAN_ANY) : MORE_THAN_ANY;
  }

  private long windowTokens() {
    return costs.windowUse() == EngineCosts.WindowUse.CUT && shape.slidingWindow().isPresent()
        ? shape.slidingWindow().getAsInt()
        : Long.MAX_VALUE;
  }
}
