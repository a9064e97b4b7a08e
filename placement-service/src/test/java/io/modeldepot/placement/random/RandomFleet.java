package io.modeldepot.placement.random;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.fleet.Utilisation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Hosts of one to eight GPUs. */
final class RandomFleet {
  static final LocationName HERE = LocationName.of("default");
  static final LocationName ELSEWHERE = LocationName.of("elsewhere");
  private static final long MIB = 1L << 20;
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
  private static final int[] MEMORY_GIB = {24, 32, 48, 80, 96, 141};

  private final Random random;
  private final RandomSite.Kind kind;

  RandomFleet(Random random, RandomSite.Kind kind) {
    this.random = random;
    this.kind = kind;
  }

  /** So many GPUs, or slices of them. */
  Fleet of(int count) {
    List<FleetGpu> gpus = new ArrayList<>();
    for (int host = 0; gpus.size() < count; host++) {
      int size = Math.min(1 << random.nextInt(4), count - gpus.size());
      int memory = MEMORY_GIB[random.nextInt(MEMORY_GIB.length)];
      boolean sliced = isNow(8);
      boolean mixed = isNow(6);
      LocationName at = isNow(6) ? ELSEWHERE : HERE;
      for (int i = 0; i < size; i++) {
        int bytes = mixed ? MEMORY_GIB[random.nextInt(MEMORY_GIB.length)] : memory;
        boolean slice = sliced && (!mixed || random.nextBoolean());
        gpus.add(gpu(at, host, i, bytes, slice));
      }
    }
    return new Fleet(kind == RandomSite.Kind.EVERYTHING ? troubled(gpus) : gpus);
  }

  /** The same GPUs in other troubles. */
  Fleet inOtherTroubles(Fleet fleet) {
    return new Fleet(
        troubled(
            fleet.gpus().stream().map(gpu -> gpu.in(new Condition.Ready()).unreserved()).toList()));
  }

  private FleetGpu gpu(LocationName at, int host, int index, int memoryGib, boolean slice) {
    String id = slice ? "MIG-" + host + "-" + index : Integer.toString(index);
    String name = "GPU " + memoryGib + (slice ? " MIG" : isNow(9) ? " PCIe" : "");
    long bytes = (slice ? memoryGib / 2 : memoryGib) * 1000L * MIB;
    return FleetGpu.ready(
        at, new GpuId("h" + host, id), GpuKind.of(id, name, bytes), Utilisation.DEFAULT.of(bytes));
  }

  private List<FleetGpu> troubled(List<FleetGpu> gpus) {
    return gpus.stream().map(this::troubled).toList();
  }

  private FleetGpu troubled(FleetGpu gpu) {
    return switch (random.nextInt(12)) {
      case 0 -> gpu.in(new Condition.Drained(Optional.empty(), "drained"));
      case 1 -> gpu.in(new Condition.Lost(LATER, LATER));
      case 2 -> gpu.in(new Condition.GivenUp(LATER));
      case 3, 4 -> gpu.reserving(some(gpu));
      case 5 -> gpu.reserving(some(gpu)).in(new Condition.Lost(LATER, LATER));
      default -> gpu;
    };
  }

  /** Sometimes more than there is. */
  private Reservation some(FleetGpu gpu) {
    return new Reservation(
        (long) (gpu.usableBytes() * 1.1 * random.nextDouble()), Optional.empty(), "reserved");
  }

  private boolean isNow(int oneIn) {
    return kind == RandomSite.Kind.EVERYTHING && random.nextInt(oneIn) == 0;
  }
}
