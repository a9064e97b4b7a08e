package io.modeldepot.placement.random;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the plans of a run were about: a run that never saw a pin proves nothing of pins. */
public final class Drawn {

  /** What is counted: replicas placed so, or not placed for such a cause. */
  private enum What {
    PLACED,
    PINNED,
    PIN_UNMET,
    HAS_ENEMIES,
    ONE_OF_SEVERAL_REPLICAS,
    OVER_2_GPUS,
    OVER_4_GPUS,
    OVER_8_GPUS,
    ON_A_SLICE,
    BESIDE_A_RESERVATION,
    LEFT_ON_A_LOST_GPU,
    LEFT_A_DRAINED_GPU,
    MEASURED,
    UNVERIFIED,
    STAYED,
    MOVED,
    RESTARTED,
    STOPPED
  }

  /** Seen in long runs only. */
  private static final Set<Enum<?>> RARE = Set.of(What.OVER_8_GPUS, Variant.FP32);

  private final Map<What, LongAdder> counts =
      Arrays.stream(What.values())
          .collect(Collectors.toMap(Function.identity(), what -> new LongAdder()));
  private final Map<Variant, LongAdder> variants =
      Arrays.stream(Variant.values())
          .collect(Collectors.toMap(Function.identity(), what -> new LongAdder()));
  private final LongAdder plans = new LongAdder();

  /** Counts one plan. */
  public void count(RandomSite site, Assignments before, Plan plan) {
    plans.increment();
    Map<ReplicaId, Assignment> ran = before.byReplica();
    for (Assignment one : plan.placed().all()) {
      Demand demand = demandOf(site, one.replica());
      placed(site, demand, one);
      Assignment then = ran.get(one.replica());
      if (then != null) {
        count(then.sameAs(one) ? What.STAYED : then.sameGpus(one) ? What.RESTARTED : What.MOVED);
        count(What.LEFT_A_DRAINED_GPU, !then.sameGpus(one) && isDrained(site, then));
      }
    }
    for (ReplicaId replica : plan.unplaced()) {
      Demand demand = demandOf(site, replica);
      count(What.PIN_UNMET, demand.pin().isPresent());
      count(What.UNVERIFIED, demand.locations().isEmpty());
      count(What.STOPPED, ran.containsKey(replica));
    }
  }

  private void placed(RandomSite site, Demand demand, Assignment one) {
    FleetGpu gpu = site.fleet().find(one.gpus().getFirst()).orElseThrow();
    adder(variants, one.option().ask().variant()).increment();
    count(What.PLACED);
    count(What.PINNED, demand.pin().isPresent());
    count(What.HAS_ENEMIES, !demand.apartFrom().isEmpty());
    count(What.ONE_OF_SEVERAL_REPLICAS, demand.replicas() > 1);
    count(What.OVER_2_GPUS, one.gpus().size() == 2);
    count(What.OVER_4_GPUS, one.gpus().size() == 4);
    count(What.OVER_8_GPUS, one.gpus().size() == 8);
    count(What.ON_A_SLICE, gpu.id().id().startsWith("MIG-"));
    count(What.BESIDE_A_RESERVATION, gpu.reservation().isPresent());
    count(What.LEFT_ON_A_LOST_GPU, gpu.condition() instanceof Condition.Lost);
    count(
        What.MEASURED,
        site.measured().containsKey(RandomSite.measuredKey(demand.model(), gpu.kind().name())));
  }

  /** What a run of some hundred sites should have seen, and did not. */
  public List<String> neverSeen() {
    return Stream.concat(counts.entrySet().stream(), variants.entrySet().stream())
        .filter(entry -> entry.getValue().sum() == 0 && !RARE.contains(entry.getKey()))
        .map(entry -> entry.getKey().toString())
        .toList();
  }

  @Override
  public String toString() {
    return plans + " plans; replicas " + new TreeMap<>(counts) + ", " + new TreeMap<>(variants);
  }

  private static Demand demandOf(RandomSite site, ReplicaId replica) {
    return site.demands().stream()
        .filter(demand -> demand.model().equals(replica.model()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isDrained(RandomSite site, Assignment then) {
    for (GpuId id : then.gpus()) {
      if (site.fleet()
          .find(id)
          .filter(gpu -> gpu.condition() instanceof Condition.Drained)
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void count(What what, boolean really) {
    if (really) {
      count(what);
    }
  }

  private void count(What what) {
    adder(counts, what).increment();
  }

  private static <T> LongAdder adder(Map<T, LongAdder> map, T what) {
    return Objects.requireNonNull(map.get(what));
  }
}
