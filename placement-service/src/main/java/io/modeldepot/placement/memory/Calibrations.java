package io.modeldepot.placement.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a site has measured: model, engine and GPU to constants of its own. The most particular one
 * counts; without any, the engine's documented constants.
 */
public final class Calibrations {
  /** Nobody has measured. */
  public static final Calibrations NONE = new Calibrations(Map.of());

  private final Map<String, Calibration> byKey;

  private Calibrations(Map<String, Calibration> byKey) {
    this.byKey = byKey;
  }

  /**
   * What a measurement changed.
   *
   * @param costs the constants from now on
   * @param measurements how many
   * @param errorBeforeBytes mean distance of plan and measurement by the documented constants
   * @param errorAfterBytes the same by these
   */
  public record Calibration(
      EngineCosts costs, int measurements, long errorBeforeBytes, long errorAfterBytes) {}

  /**
   * A running engine, measured.
   *
   * @param model catalog name
   * @param gpu product name
   * @param planned by the constants in force then
   * @param measuredBytes what it takes of one GPU
   */
  public record Measurement(String model, String gpu, Breakdown planned, long measuredBytes) {}

  /**
   * The same and what follows from these measurements of one model on one product: the fixed part
   * becomes the largest that was seen, so that no measured case would have been oversold.
   */
  public Calibrations with(EngineCosts costs, List<Measurement> measured) {
    if (measured.isEmpty()) {
      return this;
    }
    Measurement first = measured.getFirst();
    long fixed = 0;
    for (Measurement one : measured) {
      long variable = costs.overhead(one.planned().weightsBytes()) - costs.fixedBytesPerGpu();
      long rest = one.planned().weightsBytes() + one.planned().kvBytes() + variable;
      fixed = Math.max(fixed, one.measuredBytes() - rest);
    }
    EngineCosts calibrated = costs.withFixedBytesPerGpu(fixed, costs.engine() + "/calibrated");
    Map<String, Calibration> all = new TreeMap<>(byKey);
    all.put(
        key(first.model(), costs.engine(), first.gpu()),
        new Calibration(
            calibrated, measured.size(), error(costs, measured), error(calibrated, measured)));
    return new Calibrations(all);
  }

  /** The constants for a model on a product. */
  public EngineCosts costs(EngineCosts documented, String model, String gpu) {
    return find(documented, model, gpu).map(Calibration::costs).orElse(documented);
  }

  /** What was measured for a model on a product. */
  public Optional<Calibration> find(EngineCosts documented, String model, String gpu) {
    return Optional.ofNullable(byKey.get(key(model, documented.engine(), gpu)));
  }

  private static long error(EngineCosts costs, List<Measurement> measured) {
    long sum = 0;
    for (Measurement one : measured) {
      long planned =
          one.planned().weightsBytes()
              + one.planned().kvBytes()
              + costs.overhead(one.planned().weightsBytes());
      sum += Math.abs(planned - one.measuredBytes());
    }
    return sum / measured.size();
  }

  private static String key(String model, String engine, String gpu) {
    return model + "|" + engine + "|" + gpu;
  }
}
