package io.modeldepot.placement.random;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.Calibrations.Measurement;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** What is asked for at random. */
final class RandomDemands {
  private static final long MIB = 1L << 20;

  /** Billions of parameters, layers, heads, KV heads, head size. */
  private static final double[][] SHAPES = {
    {0.5, 24, 16, 4, 64}, {1.1, 22, 32, 4, 64}, {1.8, 24, 16, 16, 128}, {2.8, 32, 32, 32, 80},
    {3.2, 28, 24, 8, 128}, {6.7, 32, 32, 32, 128}, {7.2, 32, 32, 8, 128}, {7.6, 28, 28, 4, 128},
    {8.0, 32, 32, 8, 128}, {13.0, 40, 40, 40, 128}, {14.8, 48, 40, 8, 128}, {22.2, 56, 48, 8, 128},
    {32.8, 64, 40, 8, 128}, {34.0, 48, 64, 8, 128}, {46.7, 32, 32, 8, 128}, {69.0, 80, 64, 8, 128}
  };

  /** One KV head; heads that four divide and eight do not; larger than any GPU. */
  private static final double[][] ODD_SHAPES = {
    {1.3, 24, 16, 1, 128}, {0.9, 20, 20, 5, 64}, {3.1, 32, 12, 6, 96}, {180, 80, 64, 8, 128}
  };

  private final Random random;
  private final RandomSite.Kind kind;
  private final Fleet fleet;
  private final Map<String, Long> measured;

  /**
   * @param measured becomes what an engine takes of a GPU beside weights and cache, where measured
   */
  RandomDemands(Random random, RandomSite.Kind kind, Fleet fleet, Map<String, Long> measured) {
    this.random = random;
    this.kind = kind;
    this.fleet = fleet;
    this.measured = measured;
  }

  List<Demand> of(int models) {
    List<Demand> demands = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      Demand plain = plain("m" + model);
      demands.add(kind == RandomSite.Kind.EVERYTHING ? wished(plain, models) : plain);
    }
    return demands;
  }

  private Demand plain(String name) {
    int users = 1 + random.nextInt(isNow(10) ? 400 : 24);
    int context = isNow(3) ? 900 + random.nextInt(9000) : 1024 << random.nextInt(4);
    boolean less = random.nextBoolean();
    ModelShape shape = shape();
    return new Demand(
        ModelName.of(name),
        CommitId.of("0123456789012345678901234567890123456789"),
        "versions/" + name,
        Set.of(RandomFleet.HERE),
        shape,
        new Range(less ? Math.max(1, users / 3) : users, users),
        new Range(random.nextBoolean() ? Math.max(512, context / 4) : context, context),
        random.nextInt(3) == 0 ? variants() : List.of(),
        random.nextInt(10),
        random.nextInt(10) == 0 ? 2 + (isNow(3) ? random.nextInt(3) : 0) : 1,
        Optional.empty(),
        Set.of(),
        calibrations(name, shape));
  }

  private ModelShape shape() {
    double[] of =
        isNow(6)
            ? ODD_SHAPES[random.nextInt(ODD_SHAPES.length)]
            : SHAPES[random.nextInt(SHAPES.length)];
    long parameters = (long) (of[0] * 1e9);
    Variant stored =
        isNow(4) ? Variant.values()[random.nextInt(Variant.values().length)] : Variant.BF16;
    long bytes = stored == Variant.BF16 ? parameters * 2 : stored.weightsBytes(parameters);
    return new ModelShape(
        parameters,
        stored,
        isNow(3) ? bytes + random.nextInt(1 << 28) : bytes,
        (int) of[1],
        (int) of[2],
        (int) of[3],
        (int) of[4],
        isNow(5) ? 2048 : 32_768,
        isNow(5) ? OptionalInt.of(1024) : OptionalInt.empty(),
        List.of());
  }

  private List<Variant> variants() {
    if (!isNow(3)) {
      return List.of(Variant.BF16, Variant.FP8);
    }
    List<Variant> some = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      if (random.nextBoolean()) {
        some.add(variant);
      }
    }
    return some;
  }

  /** Somebody has run it on some products, and it took another share than is documented. */
  private Calibrations calibrations(String name, ModelShape shape) {
    Calibrations known = Calibrations.NONE;
    if (!isNow(5)) {
      return known;
    }
    for (String product :
        new HashSet<>(fleet.gpus().stream().map(it -> it.kind().name()).toList())) {
      if (random.nextBoolean()) {
        long fixed = (8 + random.nextInt(90)) * 64 * MIB;
        Breakdown planned =
            new MemoryModel(shape, EngineCosts.VLLM).breakdown(new Ask(Variant.FP16, 1, 1024, 1));
        long took = planned.bytesPerGpu() - EngineCosts.VLLM.fixedBytesPerGpu() + fixed;
        known =
            known.with(
                EngineCosts.VLLM,
                List.of(new Measurement(name, product, planned, took, planned.kvBytes())));
        measured.put(RandomSite.measuredKey(name, product), fixed);
      }
    }
    return known;
  }

  private Demand wished(Demand plain, int models) {
    Demand wished = plain;
    if (random.nextInt(4) == 0) {
      wished = wished.pinnedTo(somewhere());
    }
    if (random.nextInt(4) == 0) {
      Set<ModelName> others = new HashSet<>();
      others.add(ModelName.of("m" + random.nextInt(models)));
      others.add(ModelName.of("m" + random.nextInt(models + 3)));
      wished = wished.apart(others);
    }
    return random.nextInt(8) == 0 ? at(wished, locations()) : wished;
  }

  private String somewhere() {
    List<FleetGpu> gpus = fleet.gpus();
    if (gpus.isEmpty() || random.nextInt(12) == 0) {
      return "nowhere/7";
    }
    return random.nextInt(3) == 0
        ? Integer.toString(random.nextInt(4))
        : gpus.get(random.nextInt(gpus.size())).id().toString();
  }

  /** None: no version of it is verified. */
  private Set<LocationName> locations() {
    return switch (random.nextInt(3)) {
      case 0 -> Set.of();
      case 1 -> Set.of(RandomFleet.ELSEWHERE);
      default -> Set.of(RandomFleet.HERE, RandomFleet.ELSEWHERE);
    };
  }

  static Demand at(Demand demand, Set<LocationName> locations) {
    return new Demand(
        demand.model(),
        demand.commit(),
        demand.path(),
        locations,
        demand.shape(),
        demand.users(),
        demand.contextTokens(),
        demand.variants(),
        demand.priority(),
        demand.replicas(),
        demand.pin(),
        demand.apartFrom(),
        demand.calibrations());
  }

  private boolean isNow(int oneIn) {
    return kind == RandomSite.Kind.EVERYTHING && random.nextInt(oneIn) == 0;
  }
}
