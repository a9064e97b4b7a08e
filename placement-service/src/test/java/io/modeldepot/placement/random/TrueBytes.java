package io.modeldepot.placement.random;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The bytes of one shard once more, in decimals, from what is written about engines: weights in
 * their form and 2 % of padding; 2 (key and value) x layers x KV heads x head size x 2 bytes for
 * each token of whole blocks of 16; 2.3 GiB, or what was measured, and 5 % of the weights.
 */
final class TrueBytes {
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
  private static final int BLOCK = 16;
  private static final int DIGITS = 12;

  private TrueBytes() {}

  static BigDecimal of(RandomSite site, Demand demand, Ask ask, FleetGpu gpu) {
    ModelShape shape = demand.shape();
    BigDecimal shards = BigDecimal.valueOf(ask.tensorParallel());
    BigDecimal weights =
        weights(shape, ask.variant())
            .divide(shards, DIGITS, RoundingMode.HALF_UP)
            .multiply(new BigDecimal("1.02"));
    long heads = Math.max(1, shape.kvHeads() / ask.tensorParallel());
    long tokens = (ask.contextTokens() + BLOCK - 1) / BLOCK * (long) BLOCK;
    long element = ask.variant() == Variant.FP32 ? 4 : 2;
    BigDecimal cache =
        BigDecimal.valueOf(2L * shape.layers() * heads * shape.headSize() * element)
            .multiply(BigDecimal.valueOf(tokens))
            .multiply(BigDecimal.valueOf(ask.users()));
    BigDecimal engine =
        Optional.ofNullable(
                site.measured().get(RandomSite.measuredKey(demand.model(), gpu.kind().name())))
            .map(BigDecimal::valueOf)
            .orElse(new BigDecimal("2.3").multiply(GIB));
    return weights.multiply(new BigDecimal("1.05")).add(cache).add(engine);
  }

  private static BigDecimal weights(ModelShape shape, Variant variant) {
    if (variant == shape.stored()) {
      return BigDecimal.valueOf(shape.storedWeightsBytes());
    }
    String perParameter =
        switch (variant) {
          case FP32 -> "4";
          case FP16, BF16 -> "2";
          case FP8, INT8 -> "1";
          case AWQ, GPTQ -> "0.58";
        };
    return new BigDecimal(perParameter).multiply(BigDecimal.valueOf(shape.parameters()));
  }
}
