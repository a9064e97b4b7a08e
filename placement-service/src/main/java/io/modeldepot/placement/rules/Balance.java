package io.modeldepot.placement.rules;

/** Between plans that are equal otherwise, the one whose GPUs are filled more evenly. */
public record Balance() implements SoftRule {
  @Override
  public String name() {
    return "balance";
  }

  @Override
  public String sentence() {
    return "The GPUs in use are filled evenly.";
  }

  /** For each GPU up to ten: the square of how full it is. */
  @Override
  public long cost(Situation situation) {
    var gpus = situation.gpusById();
    long[] cost = {0};
    situation
        .after()
        .bytesByGpu()
        .forEach(
            (id, bytes) -> {
              var gpu = gpus.get(id);
              cost[0] += gpu == null ? 0 : cost(bytes, gpu.plannableBytes());
            });
    return cost[0];
  }

  /** What one GPU costs that is filled so far. */
  public static long cost(long usedBytes, long plannableBytes) {
    if (plannableBytes <= 0) {
      return 0;
    }
    double full = Math.min(1, (double) usedBytes / plannableBytes);
    return Math.round(10 * full * full);
  }
}
