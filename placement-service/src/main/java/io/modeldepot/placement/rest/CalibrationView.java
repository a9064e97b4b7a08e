package io.modeldepot.placement.rest;

import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.site.CalibrationUse;
import io.modeldepot.placement.site.EngineComparison;
import io.modeldepot.placement.site.Site;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Planned against measured: the engines that run, and what follows for the constants.
 *
 * @param use whether plans are made by it: {@code shown} or {@code used}
 * @param items a model on a product
 * @param engines every engine that was measured
 */
public record CalibrationView(String use, List<Item> items, List<Engine> engines) {

  /**
   * The engine's fixed part on a GPU, as documented and as measured, and how far off plans were.
   */
  public record Item(
      String model,
      String engine,
      String gpuName,
      int measurements,
      long documentedFixedBytes,
      long fixedBytes,
      long errorBeforeBytes,
      long errorAfterBytes) {}

  /** One engine; of one GPU of those it has. */
  public record Engine(
      String model,
      List<String> gpus,
      Optional<String> source,
      Optional<Long> plannedBytes,
      Optional<Long> measuredBytes,
      Optional<Long> kvBytes,
      Optional<Integer> usersPlanned,
      Optional<Long> usersThatFit,
      Optional<String> refused) {}

  static CalibrationView of(Site.View view, CalibrationUse use) {
    return new CalibrationView(
        use.name().toLowerCase(Locale.ROOT),
        view.calibrations().entries().stream().map(CalibrationView::item).toList(),
        view.engines().stream().map(CalibrationView::engine).toList());
  }

  private static Item item(Calibrations.Entry entry) {
    Calibrations.Calibration it = entry.calibration();
    return new Item(
        entry.model(),
        it.costs().engine(),
        entry.gpu(),
        it.measurements(),
        EngineCosts.VLLM.fixedBytesPerGpu(),
        it.costs().fixedBytesPerGpu(),
        it.errorBeforeBytes(),
        it.errorAfterBytes());
  }

  private static Engine engine(EngineComparison one) {
    return new Engine(
        one.model().value(),
        one.gpus().stream().map(GpuId::toString).toList(),
        Optional.of(one.source()).filter(text -> !text.isEmpty()),
        one.measurement().map(it -> it.planned().bytesPerGpu()),
        one.measurement().map(Calibrations.Measurement::measuredBytes),
        one.measurement().map(Calibrations.Measurement::kvBytes),
        one.measurement().map(it -> one.usersPlanned()),
        one.measurement().map(it -> one.usersThatFit()),
        one.refused());
  }
}
