package io.modeldepot.placement.random;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks a plan from what is written about plans, not from the code that makes or checks them: the
 * bytes are computed here once more, in decimals.
 */
public final class IndependentChecker {
  private final RandomSite site;
  private final Assignments before;
  private final List<String> wrong = new ArrayList<>();

  private IndependentChecker(RandomSite site, Assignments before) {
    this.site = site;
    this.before = before;
  }

  /** Everything that is wrong with a plan. */
  public static List<String> check(RandomSite site, Assignments before, Plan plan) {
    IndependentChecker checker = new IndependentChecker(site, before);
    checker.check(plan);
    return checker.wrong;
  }

  private void check(Plan plan) {
    Map<GpuId, FleetGpu> gpus = new HashMap<>();
    site.fleet().gpus().forEach(gpu -> gpus.put(gpu.id(), gpu));
    Map<GpuId, BigDecimal> taken = new HashMap<>();
    Map<GpuId, Set<String>> models = new HashMap<>();
    double value = 0;
    int placed = 0;
    for (Demand demand : site.demands()) {
      List<Assignment> replicas = plan.placed().of(demand.model());
      placed += replicas.size();
      need(replicas.size() <= demand.replicas(), "more replicas than asked for");
      Set<GpuId> ofSiblings = new HashSet<>();
      Set<String> hosts = new HashSet<>();
      for (Assignment one : replicas) {
        value += oneReplica(demand, one, gpus, taken, models);
        one.gpus().forEach(gpu -> need(ofSiblings.add(gpu), demand.model() + " twice on " + gpu));
        hosts.add(one.gpus().getFirst().host());
      }
      need(
          hosts.size() == replicas.size() || possibleHosts(demand) < demand.replicas(),
          demand.model() + " has two replicas on one host");
    }
    need(placed == plan.placed().all().size(), "something runs that nobody asked for");
    taken.forEach(
        (id, bytes) -> {
          FleetGpu gpu = Objects.requireNonNull(gpus.get(id));
          long reserved = gpu.reservation().map(it -> it.bytes()).orElse(0L);
          need(
              bytes.compareTo(BigDecimal.valueOf(Math.max(0, gpu.usableBytes() - reserved))) <= 0,
              id + " is oversold");
        });
    for (Demand demand : site.demands()) {
      demand
          .apartFrom()
          .forEach(
              other ->
                  models
                      .values()
                      .forEach(
                          on ->
                              need(
                                  demand.model().equals(other)
                                      || !on.contains(demand.model().value())
                                      || !on.contains(other.value()),
                                  demand.model() + " and " + other + " are not apart")));
    }
    need(Math.abs(value - plan.value()) <= plan.placed().all().size(), "another value is served");
    need(plan.bound() >= plan.value(), "more is served than can be");
  }

  private double oneReplica(
      Demand demand,
      Assignment one,
      Map<GpuId, FleetGpu> gpus,
      Map<GpuId, BigDecimal> taken,
      Map<GpuId, Set<String>> models) {
    var ask = one.option().ask();
    int shards = ask.tensorParallel();
    need(one.gpus().size() == shards, "as many GPUs as shards");
    need(Set.copyOf(one.gpus()).size() == shards, "one GPU twice");
    need(demand.shape().heads() % shards == 0, "heads are divided");
    need(ask.users() >= demand.users().least(), "too few users");
    need(ask.users() <= demand.users().wanted(), "too many users");
    need(ask.contextTokens() >= demand.contextTokens().least(), "too short a context");
    need(ask.contextTokens() <= demand.contextTokens().wanted(), "too long a context");
    FleetGpu first = Objects.requireNonNull(gpus.get(one.gpus().getFirst()));
    BigDecimal bytes = bytes(demand, ask.variant(), ask.users(), ask.contextTokens(), shards);
    for (GpuId id : one.gpus()) {
      FleetGpu gpu = Objects.requireNonNull(gpus.get(id));
      need(id.host().equals(one.gpus().getFirst().host()), "one host");
      need(gpu.kind().equals(first.kind()), "equal GPUs");
      need(shards == 1 || !id.id().startsWith("MIG-"), "no model over slices");
      need(demand.locations().contains(gpu.location()), "where the files are");
      need(
          demand.pin().isEmpty()
              || demand.pin().get().equals(id.host() + "/" + id.id())
              || demand.pin().get().equals(id.id()),
          "pinned elsewhere");
      boolean was =
          before.all().stream()
              .anyMatch(it -> it.replica().equals(one.replica()) && it.gpus().contains(id));
      need(
          gpu.condition() instanceof Condition.Ready
              || gpu.condition() instanceof Condition.Lost && was,
          one.replica() + " is on " + gpu.condition());
      taken.merge(id, bytes, BigDecimal::add);
      models.computeIfAbsent(id, key -> new HashSet<>()).add(demand.model().value());
    }
    double quality = ask.variant() == Variant.FP8 ? 985 : 1000;
    return (demand.priority() + 1) * ask.users() * Math.sqrt(ask.contextTokens()) * quality;
  }

  private static BigDecimal bytes(
      Demand demand, Variant variant, int users, int context, int shards) {
    BigDecimal perParameter = BigDecimal.valueOf(variant == Variant.FP8 ? 1 : 2);
    BigDecimal weights =
        perParameter
            .multiply(BigDecimal.valueOf(demand.shape().parameters()))
            .multiply(new BigDecimal("1.02"))
            .divide(BigDecimal.valueOf(shards));
    long heads = Math.max(1, demand.shape().kvHeads() / shards);
    BigDecimal cache =
        BigDecimal.valueOf(2L * demand.shape().layers() * heads * demand.shape().headSize() * 2)
            .multiply(BigDecimal.valueOf((long) users * context));
    BigDecimal engine = new BigDecimal("2.3").multiply(BigDecimal.valueOf(1L << 30));
    return weights.multiply(new BigDecimal("1.05")).add(cache).add(engine);
  }

  private long possibleHosts(Demand demand) {
    return site.fleet().gpus().stream()
        .filter(gpu -> demand.locations().contains(gpu.location()))
        .filter(gpu -> demand.pin().map(gpu.id()::isMeantBy).orElse(true))
        .filter(
            gpu ->
                gpu.condition() instanceof Condition.Ready
                    || gpu.condition() instanceof Condition.Lost)
        .map(gpu -> gpu.id().host())
        .distinct()
        .count();
  }

  private void need(boolean right, String what) {
    if (!right) {
      wrong.add(what);
    }
  }
}
