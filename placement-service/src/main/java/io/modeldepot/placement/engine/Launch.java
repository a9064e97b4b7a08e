package io.modeldepot.placement.engine;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What every engine is told.
 *
 * @param model the name it is served by
 * @param path the immutable tree
 * @param assignment where and how
 * @param kind of its GPUs
 * @param stored the form of its files
 */
public record Launch(
    String model, String path, Assignment assignment, GpuKind kind, Variant stored) {
  private static final int DIGITS = 4;

  /** A launch of this replica from a volume that is mounted there. */
  public static Launch of(Demand demand, Assignment assignment, GpuKind kind, String modelsDir) {
    return new Launch(
        demand.model().value(),
        modelsDir.replaceAll("/+$", "") + "/" + demand.path(),
        assignment,
        kind,
        demand.shape().stored());
  }

  Ask ask() {
    return assignment.option().ask();
  }

  /**
   * Its share of each GPU, of all its memory, as vLLM counts: a limit for this engine alone,
   * whatever else runs there; it refuses to start where less than that is free. Rounded up to the
   * next ten-thousandth, so that the users that were planned for do fit.
   */
  BigDecimal utilisation() {
    return BigDecimal.valueOf(assignment.perGpu().bytesPerGpu())
        .divide(BigDecimal.valueOf(kind.memoryBytes()), DIGITS, RoundingMode.UP);
  }

  String dtype() {
    return stored == Variant.FP32 || stored.quantised() ? ask().variant().dtype() : dtypeOf(stored);
  }

  private String dtypeOf(Variant files) {
    return ask().variant().quantised() ? files.dtype() : ask().variant().dtype();
  }

  /**
   * What the engine must be told: how to quantise while it loads. Files that are quantised say so
   * themselves; to name their form as well forces the general kernels of AWQ and GPTQ, which are
   * several times slower than those that the engine would choose, and is refused where the name of
   * the files' tool is another one.
   */
  Optional<String> quantization() {
    return ask().variant().quantised() && !stored.quantised()
        ? Optional.of(ask().variant().label())
        : Optional.empty();
  }

  String visibleDevices() {
    return assignment.gpus().stream().map(gpu -> gpu.id()).collect(Collectors.joining(","));
  }
}
