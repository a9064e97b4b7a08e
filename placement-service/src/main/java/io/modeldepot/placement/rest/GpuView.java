package io.modeldepot.placement.rest;

import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A GPU to scale: who holds what of it. */
public record GpuView(
    String location,
    String host,
    String id,
    String name,
    long memoryBytes,
    long usableBytes,
    long freeBytes,
    Optional<Long> measuredBytes,
    String state,
    Optional<String> reason,
    Optional<Instant> until,
    Optional<Long> reservedBytes,
    List<Share> models) {

  /** What a model takes. */
  public record Share(
      String model,
      int users,
      int contextTokens,
      String variant,
      long weightsBytes,
      long kvBytes,
      long overheadBytes) {}

  /** The GPUs as they are. */
  static List<GpuView> of(Scenario scenario) {
    return of(scenario.fleet(), scenario.running());
  }

  /** The GPUs as they would be with these on them. */
  static List<GpuView> of(Fleet fleet, Assignments placed) {
    return fleet.gpus().stream().map(gpu -> of(gpu, placed.on(gpu.id()))).toList();
  }

  private static GpuView of(FleetGpu gpu, List<Assignment> on) {
    long taken = on.stream().mapToLong(one -> one.perGpu().bytesPerGpu()).sum();
    return new GpuView(
        gpu.location().value(),
        gpu.id().host(),
        gpu.id().id(),
        gpu.kind().name(),
        gpu.kind().memoryBytes(),
        gpu.usableBytes(),
        gpu.plannableBytes() - taken,
        gpu.measuredBytes().isPresent()
            ? Optional.of(gpu.measuredBytes().getAsLong())
            : Optional.empty(),
        state(gpu.condition()),
        reason(gpu),
        until(gpu),
        gpu.reservation().map(Reservation::bytes),
        on.stream().map(GpuView::share).toList());
  }

  private static Share share(Assignment one) {
    return new Share(
        one.replica().model().value(),
        one.option().ask().users(),
        one.option().ask().contextTokens(),
        one.option().ask().variant().label(),
        one.perGpu().weightsBytes(),
        one.perGpu().kvBytes(),
        one.perGpu().overheadBytes());
  }

  private static String state(Condition condition) {
    return switch (condition) {
      case Condition.Ready ready -> "ready";
      case Condition.Drained drained -> "drained";
      case Condition.Lost lost -> "lost";
      case Condition.GivenUp gone -> "given-up";
    };
  }

  private static Optional<String> reason(FleetGpu gpu) {
    return gpu.condition() instanceof Condition.Drained drained
        ? Optional.of(drained.reason())
        : gpu.reservation().map(Reservation::reason);
  }

  private static Optional<Instant> until(FleetGpu gpu) {
    return gpu.condition() instanceof Condition.Drained drained
        ? drained.until()
        : gpu.reservation().flatMap(Reservation::until);
  }
}
