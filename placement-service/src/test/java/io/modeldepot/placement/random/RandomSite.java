package io.modeldepot.placement.random;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.fleet.Utilisation;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * A fleet and demands, the same for the same seed.
 *
 * @param fleet the GPUs
 * @param demands what is asked for
 */
public record RandomSite(Fleet fleet, List<Demand> demands) {
  private static final long MIB = 1L << 20;
  private static final LocationName HERE = LocationName.of("default");
  private static final LocationName ELSEWHERE = LocationName.of("elsewhere");
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

  /** Billions of parameters, layers, heads, KV heads, head size. */
  private static final double[][] SHAPES = {
    {0.5, 24, 16, 4, 64}, {1.1, 22, 32, 4, 64}, {1.8, 24, 16, 16, 128}, {2.8, 32, 32, 32, 80},
    {3.2, 28, 24, 8, 128}, {6.7, 32, 32, 32, 128}, {7.2, 32, 32, 8, 128}, {7.6, 28, 28, 4, 128},
    {8.0, 32, 32, 8, 128}, {13.0, 40, 40, 40, 128}, {14.8, 48, 40, 8, 128}, {22.2, 56, 48, 8, 128},
    {32.8, 64, 40, 8, 128}, {34.0, 48, 64, 8, 128}, {46.7, 32, 32, 8, 128}, {69.0, 80, 64, 8, 128}
  };

  private static final int[] MEMORY_GIB = {24, 32, 48, 80, 96, 141};

  /** How hard a site is made. */
  public enum Kind {
    /** Memory, options, replicas and shards. */
    PLAIN,
    /** Pins, drains, losses, reservations, slices and enmities too. */
    EVERYTHING
  }

  /** So many models and GPUs. */
  public static RandomSite of(long seed, int models, int gpus, Kind kind) {
    Random random = new Random(seed);
    Fleet fleet = fleet(random, gpus, kind);
    List<Demand> demands = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      demands.add(demand(random, model, models, fleet, kind));
    }
    return new RandomSite(fleet, demands);
  }

  private static Fleet fleet(Random random, int count, Kind kind) {
    List<FleetGpu> gpus = new ArrayList<>();
    for (int host = 0; gpus.size() < count; host++) {
      int size = Math.min(1 << random.nextInt(4), count - gpus.size());
      int memory = MEMORY_GIB[random.nextInt(MEMORY_GIB.length)];
      boolean sliced = kind == Kind.EVERYTHING && random.nextInt(8) == 0;
      LocationName at = kind == Kind.EVERYTHING && random.nextInt(6) == 0 ? ELSEWHERE : HERE;
      for (int i = 0; i < size; i++) {
        String id = sliced ? "MIG-" + host + "-" + i : Integer.toString(i);
        long bytes = (sliced ? memory / 2 : memory) * 1000L * MIB;
        GpuKind what = GpuKind.of(id, "GPU " + memory + (sliced ? " MIG" : ""), bytes);
        FleetGpu gpu =
            FleetGpu.ready(at, new GpuId("h" + host, id), what, Utilisation.DEFAULT.of(bytes));
        gpus.add(kind == Kind.EVERYTHING ? troubled(random, gpu) : gpu);
      }
    }
    return new Fleet(gpus);
  }

  private static FleetGpu troubled(Random random, FleetGpu gpu) {
    return switch (random.nextInt(12)) {
      case 0 -> gpu.in(new Condition.Drained(Optional.empty(), "drained"));
      case 1 -> gpu.in(new Condition.Lost(LATER, LATER));
      case 2 -> gpu.in(new Condition.GivenUp(LATER));
      case 3, 4 ->
          gpu.reserving(
              new Reservation(
                  (long) (gpu.usableBytes() * 1.1 * random.nextDouble()),
                  Optional.empty(),
                  "reserved"));
      default -> gpu;
    };
  }

  private static Demand demand(Random random, int model, int models, Fleet fleet, Kind kind) {
    double[] of = SHAPES[random.nextInt(SHAPES.length)];
    long parameters = (long) (of[0] * 1e9);
    ModelShape shape =
        new ModelShape(
            parameters,
            Variant.BF16,
            parameters * 2,
            (int) of[1],
            (int) of[2],
            (int) of[3],
            (int) of[4],
            32_768,
            OptionalInt.empty(),
            List.of());
    int users = 1 + random.nextInt(24);
    int context = 1024 << random.nextInt(4);
    boolean less = random.nextBoolean();
    Demand plain =
        new Demand(
            ModelName.of("m" + model),
            CommitId.of("0123456789012345678901234567890123456789"),
            "versions/m" + model,
            Set.of(HERE),
            shape,
            new Range(less ? Math.max(1, users / 3) : users, users),
            new Range(random.nextBoolean() ? Math.max(512, context / 4) : context, context),
            random.nextInt(3) == 0 ? List.of(Variant.BF16, Variant.FP8) : List.of(),
            random.nextInt(10),
            random.nextInt(10) == 0 ? 2 : 1,
            Optional.empty(),
            Set.of(),
            Calibrations.NONE);
    return kind == Kind.EVERYTHING ? wished(random, plain, models, fleet) : plain;
  }

  private static Demand wished(Random random, Demand plain, int models, Fleet fleet) {
    return switch (random.nextInt(6)) {
      case 0 ->
          plain.pinnedTo(fleet.gpus().get(random.nextInt(fleet.gpus().size())).id().toString());
      case 1 ->
          plain.apart(
              Set.of(
                  ModelName.of("m" + random.nextInt(models)),
                  ModelName.of("m" + (models + random.nextInt(3)))));
      case 2 -> plain.pinnedTo(Integer.toString(random.nextInt(4)));
      default -> plain;
    };
  }
}
