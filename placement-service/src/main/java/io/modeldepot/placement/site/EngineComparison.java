package io.modeldepot.placement.site;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Calibrations.Measurement;
import java.util.List;
import java.util.Optional;

/**
 * An engine as it was planned and as it is.
 *
 * @param model which
 * @param gpus that it has
 * @param gpuName their product name; empty if there are no such GPUs
 * @param source what told its memory: {@code nvidia-smi}, or {@code vllm} by the share it was given
 * @param usersPlanned at full context
 * @param usersThatFit in the KV cache that it has, at that context
 * @param measurement the bytes of one GPU; empty where there is nothing to compare with
 * @param refused why it is not believed; empty if it is
 */
public record EngineComparison(
    ModelName model,
    List<GpuId> gpus,
    String gpuName,
    String source,
    int usersPlanned,
    long usersThatFit,
    Optional<Measurement> measurement,
    Optional<String> refused) {
  /** Copies. */
  public EngineComparison {
    gpus = List.copyOf(gpus);
  }

  static EngineComparison refused(ModelName model, List<GpuId> gpus, String why) {
    return new EngineComparison(model, gpus, "", "", 0, 0, Optional.empty(), Optional.of(why));
  }
}
