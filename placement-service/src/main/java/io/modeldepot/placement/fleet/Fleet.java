package io.modeldepot.placement.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Every GPU of the site, in order of their ids.
 *
 * @param gpus all of them, drained and lost ones too
 */
public record Fleet(List<FleetGpu> gpus) {
  /** No GPU at all. */
  public static final Fleet NONE = new Fleet(List.of());

  /** Sorts, and refuses one id twice. */
  public Fleet {
    gpus = gpus.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    if (gpus.stream().map(FleetGpu::id).distinct().count() != gpus.size()) {
      throw new IllegalArgumentException("A GPU is in the fleet once.");
    }
  }

  /** The GPU with this id. */
  public Optional<FleetGpu> find(GpuId id) {
    return Sorted.find(gpus, FleetGpu::id, id);
  }

  /** The GPUs that a person may mean. */
  public List<FleetGpu> meantBy(String text) {
    return gpus.stream().filter(gpu -> gpu.id().isMeantBy(text)).toList();
  }

  /** The same with one GPU changed; the same if it is not there. */
  public Fleet with(GpuId id, UnaryOperator<FleetGpu> change) {
    return new Fleet(
        gpus.stream().map(gpu -> gpu.id().equals(id) ? change.apply(gpu) : gpu).toList());
  }

  /** The same and these. */
  public Fleet and(List<FleetGpu> more) {
    return new Fleet(Stream.concat(gpus.stream(), more.stream()).toList());
  }

  /** When, after this time, the fleet changes by itself: a grace, a drain or a reservation ends. */
  public Optional<Instant> nextChange(Instant now) {
    return gpus.stream()
        .flatMap(
            gpu ->
                Stream.concat(
                    gpu.reservation().flatMap(Reservation::until).stream(), ends(gpu).stream()))
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  private static Optional<Instant> ends(FleetGpu gpu) {
    return switch (gpu.condition()) {
      case Condition.Drained drained -> drained.until();
      case Condition.Lost lost -> Optional.of(lost.graceEnds());
      case Condition.Ready ready -> Optional.empty();
      case Condition.GivenUp gone -> Optional.empty();
    };
  }
}
