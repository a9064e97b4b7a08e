package io.modeldepot.placement.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a site has measured: model, engine and GPU to constants of its own. The most particular one
 * counts; without any, the engine's documented constants.
 */
public final class Calibrations {
  /** Nobody has measured. */
  public static final Calibrations NONE = new Calibrations(Map.of());

  private static final long ROUNDING = 64L << 20;

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
   * @param planned by the documented constants
   * @param measuredBytes what it takes of one GPU
   * @param kvBytes what of that is its KV cache; an engine fills its share with it, whatever was
   *     planned
   */
  public record Measurement(
      String model, String gpu, Breakdown planned, long measuredBytes, long kvBytes) {

    /** What it takes beside weights, cache and activations. */
    long fixedBytes(EngineCosts costs) {
      long activations = costs.overhead(planned.weightsBytes()) - costs.fixedBytesPerGpu();
      return measuredBytes - planned.weightsBytes() - kvBytes - activations;
    }

    /** What would have been planned for that cache. */
    long plannedBytes(EngineCosts costs) {
      return planned.weightsBytes() + kvBytes + costs.overhead(planned.weightsBytes());
    }

    /** Why it cannot be true; empty if it can. */
    public Optional<String> fault(EngineCosts costs) {
      if (kvBytes <= 0) {
        return Optional.of("It has no KV cache.");
      }
      if (measuredBytes < planned.weightsBytes() + kvBytes) {
        return Optional.of("It takes less than its weights and its KV cache together.");
      }
      return fixedBytes(costs) > EngineCosts.MOST_FIXED_BYTES
          ? Optional.of("It takes more than an engine can; somebody else's memory is in it.")
          : Optional.empty();
    }
  }

  /**
   * The same and what follows from these measurements of one model on one product: the fixed part
   * becomes the largest that was seen, so that no measured case would have been oversold; rounded
   * up, so that it stays where it is from one measurement to the next; and never below {@link
   * EngineCosts#LEAST_FIXED_BYTES}. Measurements that cannot be true are left out.
   */
  public Calibrations with(EngineCosts costs, List<Measurement> measured) {
    List<Measurement> believed =
        measured.stream().filter(one -> one.fault(costs).isEmpty()).toList();
    if (believed.isEmpty()) {
      return this;
    }
    long largest = believed.stream().mapToLong(one -> one.fixedBytes(costs)).max().orElseThrow();
    long fixed =
        Math.max(EngineCosts.LEAST_FIXED_BYTES, Math.ceilDiv(largest, ROUNDING) * ROUNDING);
    EngineCosts calibrated = costs.calibrated(fixed);
    Measurement first = believed.getFirst();
    Map<String, Calibration> all = new TreeMap<>(byKey);
    all.put(
        key(first.model(), costs.engine(), first.gpu()),
        new Calibration(
            calibrated, believed.size(), error(costs, believed), error(calibrated, believed)));
    return new Calibrations(all);
  }

  /**
   * The same and one that was made before.
   *
   * @param engine whose documented constants it takes the place of
   */
  public Calibrations withKnown(String model, String engine, String gpu, Calibration known) {
    Map<String, Calibration> all = new TreeMap<>(byKey);
    all.put(key(model, engine, gpu), known);
    return new Calibrations(all);
  }

  /** All of these, and of two about one thing the other's. */
  public Calibrations and(Calibrations newer) {
    Map<String, Calibration> all = new TreeMap<>(byKey);
    all.putAll(newer.byKey);
    return new Calibrations(all);
  }

  /** The constants for a model on a product. */
  public EngineCosts costs(EngineCosts documented, String model, String gpu) {
    return find(documented, model, gpu).map(Calibration::costs).orElse(documented);
  }

  /**
   * One that was made.
   *
   * @param model catalog name
   * @param engine whose constants
   * @param gpu product name
   * @param calibration what
   */
  public record Entry(String model, String engine, String gpu, Calibration calibration) {}

  /** All of them, by model and product. */
  public List<Entry> entries() {
    return byKey.entrySet().stream()
        .map(
            entry -> {
              String[] key = entry.getKey().split("\\|", 3);
              return new Entry(key[0], key[1], key[2], entry.getValue());
            })
        .toList();
  }

  /** What was measured for a model on a product. */
  public Optional<Calibration> find(EngineCosts documented, String model, String gpu) {
    return Optional.ofNullable(byKey.get(key(model, documented.engine(), gpu)));
  }

  /**
   * Whether the same constants follow from both; how often and how well was measured is no matter.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Calibrations same && constants().equals(same.constants());
  }

  @Override
  public int hashCode() {
    return constants().hashCode();
  }

  private Map<String, EngineCosts> constants() {
    Map<String, EngineCosts> constants = new TreeMap<>();
    byKey.forEach((key, it) -> constants.put(key, it.costs()));
    return constants;
  }

  private static long error(EngineCosts costs, List<Measurement> measured) {
    long sum = 0;
    for (Measurement one : measured) {
      sum += Math.abs(one.plannedBytes(costs) - one.measuredBytes());
    }
    return sum / measured.size();
  }

  private static String key(String model, String engine, String gpu) {
    return model + "|" + engine + "|" + gpu;
  }
}
