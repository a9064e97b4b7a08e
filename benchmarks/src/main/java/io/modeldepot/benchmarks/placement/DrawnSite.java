package io.modeldepot.benchmarks.placement;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.fleet.Utilisation;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * A fleet and demands, the same for the same seed value.
 *
 * @param fleet hosts of 1, 2, 4 or 8 GPUs of 24 to 141 GB
 * @param demands models of 16 shapes
 */
record DrawnSite(Fleet fleet, List<Demand> demands) {
  private static final long MIB = 1L << 20;
  private static final LocationName HERE = LocationName.of("default");
  private static final int[] MEMORY_GB = {24, 32, 48, 80, 96, 141};

  /** Billions of parameters, layers, heads, KV heads, head size. */
  private static final double[][] SHAPES = {
    {0.5, 24, 16, 4, 64}, {1.1, 22, 32, 4, 64}, {1.8, 24, 16, 16, 128}, {2.8, 32, 32, 32, 80},
    {3.2, 28, 24, 8, 128}, {6.7, 32, 32, 32, 128}, {7.2, 32, 32, 8, 128}, {7.6, 28, 28, 4, 128},
    {8.0, 32, 32, 8, 128}, {13.0, 40, 40, 40, 128}, {14.8, 48, 40, 8, 128}, {22.2, 56, 48, 8, 128},
    {32.8, 64, 40, 8, 128}, {34.0, 48, 64, 8, 128}, {46.7, 32, 32, 8, 128}, {69.0, 80, 64, 8, 128}
  };

  /**
   * Asks for more than there is, and takes less: fewer users, a shorter context, FP8.
   *
   * @param models so many
   * @param gpus so many
   */
  static DrawnSite overloaded(long seed, int models, int gpus) {
    Random random = new Random(seed);
    Fleet fleet = fleet(random, gpus);
    List<Demand> demands = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      int users = 2 + random.nextInt(40);
      int context = 1024 << random.nextInt(4);
      demands.add(
          demand(
              model,
              SHAPES[random.nextInt(SHAPES.length)],
              new Range(Math.max(1, users / 4), users),
              new Range(Math.max(1024, context / 4), context),
              random.nextInt(4) == 0 ? List.of() : List.of(Variant.BF16, Variant.FP8),
              random.nextInt(10),
              random.nextInt(12) == 0 ? 2 : 1));
    }
    return new DrawnSite(fleet, demands);
  }

  private static Fleet fleet(Random random, int count) {
    List<FleetGpu> gpus = new ArrayList<>();
    for (int host = 0; gpus.size() < count; host++) {
      int size = Math.min(1 << random.nextInt(4), count - gpus.size());
      int memory = MEMORY_GB[random.nextInt(MEMORY_GB.length)];
      for (int i = 0; i < size; i++) {
        String id = Integer.toString(i);
        long bytes = memory * 1000L * MIB;
        gpus.add(
            FleetGpu.ready(
                HERE,
                new GpuId("h" + host, id),
                GpuKind.of(id, "GPU " + memory, bytes),
                Utilisation.DEFAULT.of(bytes)));
      }
    }
    return new Fleet(gpus);
  }

  private static Demand demand(
      int number,
      double[] of,
      Range users,
      Range context,
      List<Variant> variants,
      int priority,
      int replicas) {
    long parameters = (long) (of[0] * 1e9);
    return new Demand(
        ModelName.of("m" + number),
        CommitId.of("0123456789012345678901234567890123456789"),
        "versions/m" + number,
        Set.of(HERE),
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
            List.of()),
        users,
        context,
        variants,
        priority,
        replicas,
        Optional.empty(),
        Set.of(),
        Calibrations.NONE);
  }
}
