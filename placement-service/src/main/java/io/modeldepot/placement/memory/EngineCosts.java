package io.modeldepot.placement.memory;

/**
 * What an engine takes of a GPU beside weights and KV cache, and how it treats both.
 *
 * @param engine its name, with the version where the constants were measured
 * @param paddingPermille what weights take once loaded, against 1000 for their bytes in the files
 * @param fixedBytesPerGpu CUDA context, graphs, communication buffers, on every GPU
 * @param weightsSharePermille activations and fragments, as a share of the padded weights
 * @param windowUse whether the KV cache is cut at the model's sliding window
 * @param blockTokens the KV cache is given out in blocks of this many tokens
 */
public record EngineCosts(
    String engine,
    int paddingPermille,
    long fixedBytesPerGpu,
    int weightsSharePermille,
    WindowUse windowUse,
    int blockTokens) {

  /** What an engine does with a sliding window. */
  public enum WindowUse {
    /** Tokens beyond the window are forgotten. */
    CUT,
    /** Every token of the context is kept. */
    KEPT_WHOLE
  }

  private static final long TWO_POINT_THREE_GIB = 2_469_606_196L;

  /**
   * vLLM: 2 % padding, 2.3 GiB and 5 % of the padded weights.
   *
   * <p>Source: the constants by which KAITO estimates vLLM's memory. Blocks of 16 tokens are vLLM's
   * default.
   */
  public static final EngineCosts VLLM =
      new EngineCosts("vllm", 1020, TWO_POINT_THREE_GIB, 50, WindowUse.KEPT_WHOLE, 16);

  /**
   * No engine takes less beside weights, KV cache and activations: the CUDA context, the libraries'
   * workspaces and one captured graph. A measurement below that is a fault of measuring.
   */
  public static final long LEAST_FIXED_BYTES = 512L << 20;

  /** More than that is somebody else's memory, not the engine's. */
  public static final long MOST_FIXED_BYTES = 8L << 30;

  /** Refuses what no engine does. */
  public EngineCosts {
    if (paddingPermille < 1000 || weightsSharePermille < 0 || blockTokens < 1) {
      throw new IllegalArgumentException("Padding is at least 1000 per mille, a block one token.");
    }
    if (fixedBytesPerGpu < 0) {
      throw new IllegalArgumentException("An engine gives no memory back.");
    }
  }

  /** The same with another fixed part. */
  public EngineCosts withFixedBytesPerGpu(long bytes, String source) {
    return new EngineCosts(
        source, paddingPermille, bytes, weightsSharePermille, windowUse, blockTokens);
  }

  /** The same with a fixed part that was measured. */
  public EngineCosts calibrated(long fixedBytes) {
    return withFixedBytesPerGpu(fixedBytes, engine + "/calibrated");
  }

  /** The same, treating the window so. */
  public EngineCosts withWindowUse(WindowUse use) {
    return new EngineCosts(
        engine, paddingPermille, fixedBytesPerGpu, weightsSharePermille, use, blockTokens);
  }

  long padded(long weightsBytes) {
    return Math.ceilDiv(Math.multiplyExact(weightsBytes, (long) paddingPermille), 1000L);
  }

  long overhead(long paddedBytes) {
    return fixedBytesPerGpu + Math.ceilDiv(paddedBytes * weightsSharePermille, 1000L);
  }
}
