package io.modeldepot.placement.random;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A fleet and demands, the same for the same seed.
 *
 * @param fleet the GPUs
 * @param demands what is asked for
 * @param measured bytes that an engine takes of a GPU beside weights and cache, by model and
 *     product; elsewhere it takes what is documented
 */
public record RandomSite(Fleet fleet, List<Demand> demands, Map<String, Long> measured) {

  /** How hard a site is made. */
  public enum Kind {
    /** Memory, options, replicas and shards. */
    PLAIN,
    /** Pins, drains, losses, reservations, slices, enmities, measurements, odd files too. */
    EVERYTHING
  }

  /** Copies. */
  public RandomSite {
    demands = List.copyOf(demands);
    measured = Map.copyOf(measured);
  }

  /** A site where nothing was measured. */
  public RandomSite(Fleet fleet, List<Demand> demands) {
    this(fleet, demands, Map.of());
  }

  /** So many models and GPUs. */
  public static RandomSite of(long seed, int models, int gpus, Kind kind) {
    Random random = new Random(seed);
    Fleet fleet = new RandomFleet(random, kind).of(gpus);
    Map<String, Long> measured = new HashMap<>();
    return new RandomSite(
        fleet, new RandomDemands(random, kind, fleet, measured).of(models), measured);
  }

  /** The same GPUs in other troubles; some models are asked for no more. */
  public RandomSite later(long seed) {
    Random random = new Random(seed);
    List<Demand> kept = new ArrayList<>(demands);
    kept.removeIf(demand -> random.nextInt(8) == 0);
    Fleet changed = new RandomFleet(random, Kind.EVERYTHING).inOtherTroubles(fleet);
    return new RandomSite(changed, kept, measured);
  }

  /** What runs because somebody did as they liked: it may break every rule. */
  public Assignments madeByHand(long seed) {
    Random random = new Random(seed);
    List<GpuId> ids = new ArrayList<>(fleet.gpus().stream().map(FleetGpu::id).toList());
    ids.add(new GpuId("gone", "0"));
    List<Assignment> running = new ArrayList<>();
    for (Demand demand : demands) {
      for (int number = 0; number <= demand.replicas(); number++) {
        if (random.nextInt(3) == 0) {
          Ask ask = new Ask(Variant.BF16, 1 + random.nextInt(30), 1024 << random.nextInt(3), 1);
          running.add(
              new Assignment(
                  new ReplicaId(demand.model(), number),
                  new Option(ask, 1 + random.nextInt(1000)),
                  List.of(ids.get(random.nextInt(ids.size()))),
                  new MemoryModel(demand.shape(), EngineCosts.VLLM).breakdown(ask)));
        }
      }
    }
    return new Assignments(running);
  }

  static String measuredKey(String model, String product) {
    return model + " on " + product;
  }

  static String measuredKey(ModelName model, String product) {
    return measuredKey(model.value(), product);
  }
}
