package io.modeldepot.placement.memory;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the memory of a model depends on.
 *
 * @param parameters how many
 * @param stored the form of the weights in the files
 * @param storedWeightsBytes bytes of the weights in that form
 * @param layers transformer layers
 * @param heads attention heads
 * @param kvHeads heads of keys and values
 * @param headSize elements per head
 * @param contextTokens the longest context
 * @param slidingWindow tokens that attention looks back, where it is limited
 * @param remarks where the figures are not the files' own, in words
 */
public record ModelShape(
    long parameters,
    Variant stored,
    long storedWeightsBytes,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int contextTokens,
    OptionalInt slidingWindow,
    List<String> remarks) {

  /** Refuses what no model has. */
  public ModelShape {
    if (parameters <= 0 || storedWeightsBytes <= 0) {
      throw new IllegalArgumentException("A model has parameters.");
    }
    if (layers <= 0 || heads <= 0 || kvHeads <= 0 || headSize <= 0 || contextTokens <= 0) {
      throw new IllegalArgumentException("A model has layers, heads and a context.");
    }
    remarks = List.copyOf(remarks);
  }

  /** Bytes of the weights as this variant: the files' own where they have it, else computed. */
  public long weightsBytes(Variant variant) {
    return variant == stored ? storedWeightsBytes : variant.weightsBytes(parameters);
  }

  /**
   * Bytes that one token takes in the KV cache, over all heads: 2 (key and value) × layers × KV
   * heads × head size × bytes of an element.
   */
  public long kvBytesPerToken(Variant variant) {
    return 2L * layers * kvHeads * headSize * variant.kvElementBytes();
  }

  /**
   * Whether the model can be cut into this many shards: the heads are divided evenly; KV heads are
   * divided evenly too, or each is kept by the same number of shards.
   *
   * <p>Source: the checks of vLLM's parallel layers at load.
   */
  public boolean canBeCutInto(int shards) {
    return shards >= 1 && heads % shards == 0 && (kvHeads % shards == 0 || shards % kvHeads == 0);
  }
}
