package io.modeldepot.benchmarks.drawn;

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
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A fleet and demands, the same for the same seed value.
 *
 * @param fleet hosts of 1, 2, 4 or 8 GPUs of 24 to 141 GB
 * @param demands models of 16 shapes
 */
public record DrawnSite(Fleet fleet, List<Demand> demands) {
  static final LocationName HERE = LocationName.of("default");
  private static final long MIB = 1L << 20;
  private static final int[] MEMORY_GB = {24, 32, 48, 80, 96, 141};
  private static final double LEAST_LOAD = 1.35;
  private static final double MOST_LOAD = 2;
  private static final int MOST_USERS = 4000;

  /**
   * What one model wishes, apart from how many users.
   *
   * @param users in proportion to those of the others
   */
  private record Wish(
      ModelShape shape,
      int context,
      double users,
      List<Variant> variants,
      int priority,
      int replicas) {}

  /**
   * Asks for 1.35 to 2 times the memory that there is, and takes less: fewer users, a shorter
   * context, FP8 where the files are BF16. One file in ten is INT8. One model in twelve wants two
   * replicas.
   *
   * @param models so many
   * @param gpus so many
   */
  public static DrawnSite overloaded(long seed, int models, int gpus) {
    Random random = new Random(seed);
    while (true) {
      Fleet fleet = fleet(random, gpus);
      double load = LEAST_LOAD + (MOST_LOAD - LEAST_LOAD) * random.nextDouble();
      List<Wish> wishes = new ArrayList<>();
      for (int model = 0; model < models; model++) {
        wishes.add(wish(random));
      }
      if (load(fleet, demands(wishes, 0)) <= load) {
        return new DrawnSite(fleet, demands(wishes, usersFor(load, fleet, wishes)));
      }
    }
  }

  /** How much memory is asked for, for everybody's full wish as stored, by what there is. */
  public double load() {
    return load(fleet, demands);
  }

  private static Wish wish(Random random) {
    Variant stored = random.nextInt(10) == 0 ? Variant.INT8 : Variant.BF16;
    boolean eightBits = stored == Variant.BF16 && random.nextInt(4) != 0;
    return new Wish(
        Shape.drawn(random).stored(stored),
        1024 << random.nextInt(4),
        1 + random.nextInt(40),
        eightBits ? List.of(Variant.BF16, Variant.FP8) : List.of(),
        random.nextInt(10),
        random.nextInt(12) == 0 ? 2 : 1);
  }

  private static double usersFor(double load, Fleet fleet, List<Wish> wishes) {
    double low = 0;
    double high = MOST_USERS;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (load(fleet, demands(wishes, middle)) > load) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static List<Demand> demands(List<Wish> wishes, double factor) {
    List<Demand> demands = new ArrayList<>();
    for (Wish wish : wishes) {
      int users = (int) Math.clamp(Math.round(wish.users() * factor), 2, MOST_USERS);
      demands.add(
          demand(
              demands.size(),
              wish.shape(),
              users,
              wish.context(),
              wish.variants(),
              wish.priority(),
              wish.replicas()));
    }
    return demands;
  }

  private static double load(Fleet fleet, List<Demand> demands) {
    double asked = 0;
    for (Demand demand : demands) {
      Ask full =
          new Ask(
              demand.servable().getFirst(),
              demand.users().wanted(),
              demand.contextTokens().wanted(),
              1);
      asked +=
          (double) demand.replicas()
              * new MemoryModel(demand.shape(), EngineCosts.VLLM).breakdown(full).bytesPerGpu();
    }
    return asked / fleet.gpus().stream().mapToDouble(FleetGpu::plannableBytes).sum();
  }

  static Fleet fleet(Random random, int count) {
    List<FleetGpu> gpus = new ArrayList<>();
    for (int host = 0; gpus.size() < count; host++) {
      int size = Math.min(1 << random.nextInt(4), count - gpus.size());
      int memory = MEMORY_GB[random.nextInt(MEMORY_GB.length)];
      for (int i = 0; i < size; i++) {
        String id = Integer.toString(i);
        gpus.add(gpu("h" + host, id, "GPU " + memory, memory * 1000L * MIB));
      }
    }
    return new Fleet(gpus);
  }

  static FleetGpu gpu(String host, String id, String name, long bytes) {
    return FleetGpu.ready(
        HERE, new GpuId(host, id), GpuKind.of(id, name, bytes), Utilisation.DEFAULT.of(bytes));
  }

  /** A quarter of the users and of the context would do, but no less than 1024 tokens. */
  static Demand demand(
      int number,
      ModelShape shape,
      int users,
      int context,
      List<Variant> variants,
      int priority,
      int replicas) {
    return new Demand(
        ModelName.of("m" + number),
        CommitId.of("0123456789012345678901234567890123456789"),
        "versions/m" + number,
        Set.of(HERE),
        shape,
        new Range(Math.max(1, users / 4), users),
        new Range(Math.max(1024, context / 4), context),
        variants,
        priority,
        replicas,
        Optional.empty(),
        Set.of(),
        Calibrations.NONE);
  }
}
