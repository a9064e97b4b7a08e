package io.modeldepot.placement.memory;

import java.util.List;

/**
 * What serving takes, on each of its GPUs alike.
 *
 * @param ask what was asked
 * @param weightsBytes of one shard, padded
 * @param kvBytes the KV cache of one shard, for all users at full context
 * @param overheadBytes what the engine takes on one GPU
 * @param engine whose constants were used
 * @param remarks where figures are not the files' own, in words
 */
public record Breakdown(
    Ask ask,
    long weightsBytes,
    long kvBytes,
    long overheadBytes,
    String engine,
    List<String> remarks) {

  /** Copies the remarks. */
  public Breakdown {
    remarks = List.copyOf(remarks);
  }

  /** All of it on one GPU. */
  public long bytesPerGpu() {
    return weightsBytes + kvBytes + overheadBytes;
  }

  /** How much a GPU with this much is short of it; zero where it fits. */
  public long shortBytes(long usableBytes) {
    return Math.max(0, bytesPerGpu() - usableBytes);
  }
}
