package io.modeldepot.benchmarks.drawn;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A site whose best plan is known, because it was cut from it: every GPU is full to a byte or two
 * with models that are served in full. Who plans sees the demands only; one in four would also take
 * less, the others all or nothing, and nobody comes before anybody.
 *
 * @param site the fleet and the demands
 * @param packing the plan it was cut from
 */
record PerfectPacking(DrawnSite site, Assignments packing) {
  private static final long GIB = 1L << 30;
  private static final long LEAST_PIECE = 5 * GIB;
  private static final int LARGE = 10;
  private static final int MOST_USERS = 48;

  /** What is served; nobody can serve more. */
  long value() {
    return packing.all().stream().mapToLong(one -> one.option().value()).sum();
  }

  /**
   * Cut from a seed value.
   *
   * @param models so many; at least as many as GPUs
   */
  static PerfectPacking of(long seed, int models, int gpus) {
    Random random = new Random(seed);
    while (true) {
      Cutter cutter = new Cutter(random, DrawnSite.fleet(random, gpus));
      cutter.cutOverSeveral(models - gpus);
      if (cutter.cutEach(models)) {
        return new PerfectPacking(
            new DrawnSite(cutter.fleet, cutter.demands), new Assignments(cutter.placed));
      }
    }
  }

  private static final class Cutter {
    private final Random random;
    private final Fleet fleet;
    private final long[] free;
    private final List<Demand> demands = new ArrayList<>();
    private final List<Assignment> placed = new ArrayList<>();

    Cutter(Random random, Fleet fleet) {
      this.random = random;
      this.fleet = fleet;
      this.free = fleet.gpus().stream().mapToLong(FleetGpu::plannableBytes).toArray();
    }

    /** Some large models over all GPUs of a host, before anything else is there. */
    void cutOverSeveral(int most) {
      Map<String, List<Integer>> hosts = new LinkedHashMap<>();
      for (int gpu = 0; gpu < free.length; gpu++) {
        hosts
            .computeIfAbsent(fleet.gpus().get(gpu).id().host(), host -> new ArrayList<>())
            .add(gpu);
      }
      for (List<Integer> host : hosts.values()) {
        int shards = Integer.highestOneBit(host.size());
        Shape shape = Shape.ALL.get(LARGE + random.nextInt(Shape.ALL.size() - LARGE));
        if (shards == 1 || random.nextInt(3) == 0 || demands.size() >= most) {
          continue;
        }
        ModelShape files = shape.stored(Variant.BF16);
        int context = 1024 << random.nextInt(4);
        long room = (long) (free[host.getFirst()] * (0.3 + 0.4 * random.nextDouble()));
        int users = Math.min(MOST_USERS, usersThatFit(files, room, context, shards));
        if (files.canBeCutInto(shards) && users > 0) {
          place(files, new Ask(Variant.BF16, users, context, shards), host.subList(0, shards));
        }
      }
    }

    /** Fills every GPU; false if that many models do not fit. */
    boolean cutEach(int models) {
      int[] pieces = new int[free.length];
      Arrays.fill(pieces, 1);
      for (int cut = demands.size() + free.length; cut < models; cut++) {
        int gpu = roomiest(pieces);
        if (free[gpu] < LEAST_PIECE * (pieces[gpu] + 1)) {
          return false;
        }
        pieces[gpu]++;
      }
      for (int gpu = 0; gpu < free.length; gpu++) {
        fill(gpu, pieces[gpu]);
      }
      return true;
    }

    /** Of some that are drawn, that with most for each of its pieces. */
    private int roomiest(int[] pieces) {
      int best = random.nextInt(free.length);
      for (int look = 0; look < 4; look++) {
        int one = random.nextInt(free.length);
        if (free[one] / pieces[one] > free[best] / pieces[best]) {
          best = one;
        }
      }
      return best;
    }

    private void fill(int gpu, int pieces) {
      for (int left = pieces; left > 0; left--) {
        long rest = free[gpu];
        long spare = rest - left * LEAST_PIECE;
        double share = left == 1 ? 1 : (0.5 + random.nextDouble()) / left;
        exactly(gpu, left == 1 ? rest : LEAST_PIECE + (long) (spare * Math.min(1, share)));
      }
    }

    /** A model that takes just so much: what users do not take, its weights do. */
    private void exactly(int gpu, long bytes) {
      List<Shape> fitting = new ArrayList<>();
      for (Shape shape : Shape.ALL) {
        if (usersThatFit(shape.stored(Variant.BF16), bytes, 1024, 1) > 0) {
          fitting.add(shape);
        }
      }
      Shape shape = fitting.get(random.nextInt(fitting.size()));
      ModelShape usual = shape.stored(Variant.BF16);
      int context = 1024 << random.nextInt(4);
      while (usersThatFit(usual, bytes, context, 1) == 0) {
        context /= 2;
      }
      int most = usersThatFit(usual, bytes, context, 1);
      int users = Math.clamp((long) (most * (0.5 + 0.5 * random.nextDouble())), 1, MOST_USERS);
      Ask ask = new Ask(Variant.BF16, users, context, 1);
      long low = usual.parameters();
      long high = bytes;
      while (high - low > 1) {
        long middle = (low + high) / 2;
        if (bytes(shape.stored(Variant.BF16, middle), ask) <= bytes) {
          low = middle;
        } else {
          high = middle;
        }
      }
      place(shape.stored(Variant.BF16, low), ask, List.of(gpu));
    }

    private void place(ModelShape files, Ask ask, List<Integer> on) {
      boolean takesLess = random.nextInt(4) == 0;
      Demand demand =
          DrawnSite.demand(
              demands.size(),
              files,
              ask.users(),
              ask.contextTokens(),
              takesLess ? List.of(Variant.BF16, Variant.FP8) : List.of(),
              Demand.USUAL_PRIORITY,
              1);
      if (!takesLess) {
        demand =
            demand
                .forUsers(Range.exactly(ask.users()))
                .withContext(Range.exactly(ask.contextTokens()));
      }
      demands.add(demand);
      placed.add(
          new Assignment(
              new ReplicaId(demand.model(), 0),
              new Option(ask, Options.value(demand, ask)),
              on.stream().map(gpu -> fleet.gpus().get(gpu).id()).toList(),
              new MemoryModel(files, EngineCosts.VLLM).breakdown(ask)));
      on.forEach(gpu -> free[gpu] -= bytes(files, ask));
    }

    private static long bytes(ModelShape files, Ask ask) {
      return new MemoryModel(files, EngineCosts.VLLM).breakdown(ask).bytesPerGpu();
    }

    private static int usersThatFit(ModelShape files, long bytes, int context, int shards) {
      return new MemoryModel(files, EngineCosts.VLLM)
          .usersThatFit(bytes, Variant.BF16, context, shards);
    }
  }
}
