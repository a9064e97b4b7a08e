package io.modeldepot.placement.random;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a plan from what is written about plans, not from the code that makes or checks them: who
 * may be where, what it is worth, and that nobody is forgotten; {@link TrueBytes} has the memory.
 */
public final class IndependentChecker {
  private final RandomSite site;
  private final Assignments before;
  private final Map<GpuId, FleetGpu> gpus = new HashMap<>();
  private final Map<GpuId, BigDecimal> taken = new HashMap<>();
  private final Map<GpuId, Set<String>> models = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  private IndependentChecker(RandomSite site, Assignments before) {
    this.site = site;
    this.before = before;
    site.fleet().gpus().forEach(gpu -> gpus.put(gpu.id(), gpu));
  }

  /** Everything that is wrong with a plan. */
  public static List<String> check(RandomSite site, Assignments before, Plan plan) {
    IndependentChecker checker = new IndependentChecker(site, before);
    checker.placed(plan.placed());
    checker.counted(plan);
    checker.complete(plan);
    return checker.wrong;
  }

  /** Whether these could run so, as they are. */
  static boolean isAllowed(RandomSite site, Assignments running) {
    IndependentChecker checker = new IndependentChecker(site, running);
    checker.placed(running);
    return checker.wrong.isEmpty();
  }

  private void placed(Assignments placed) {
    int known = 0;
    for (Demand demand : site.demands()) {
      List<Assignment> replicas = placed.of(demand.model());
      known += replicas.size();
      replicas.forEach(one -> oneReplica(demand, one));
      siblings(demand, replicas);
    }
    need(known == placed.all().size(), "something runs that nobody asked for");
    taken.forEach(
        (id, bytes) -> {
          FleetGpu gpu = gpus.get(id);
          if (gpu != null) {
            long reserved = gpu.reservation().map(it -> it.bytes()).orElse(0L);
            long there = Math.max(0, gpu.usableBytes() - reserved);
            need(bytes.compareTo(BigDecimal.valueOf(there)) <= 0, id + " is oversold");
          }
        });
    site.demands().forEach(this::enmities);
  }

  private void siblings(Demand demand, List<Assignment> replicas) {
    Set<GpuId> ofSiblings = new HashSet<>();
    Set<String> hosts = new HashSet<>();
    for (Assignment one : replicas) {
      need(one.replica().number() < demand.replicas(), "more replicas than asked for");
      new HashSet<>(one.gpus())
          .forEach(gpu -> need(ofSiblings.add(gpu), demand.model() + " twice on " + gpu));
      one.gpus().stream().findFirst().ifPresent(gpu -> hosts.add(gpu.host()));
    }
    need(
        hosts.size() == replicas.size() || possibleHosts(demand) < demand.replicas(),
        demand.model() + " has two replicas on one host");
  }

  private void enmities(Demand demand) {
    for (var other : demand.apartFrom()) {
      boolean together =
          !demand.model().equals(other)
              && models.values().stream()
                  .anyMatch(
                      on -> on.contains(demand.model().value()) && on.contains(other.value()));
      need(!together, demand.model() + " and " + other + " are not apart");
    }
  }

  private void oneReplica(Demand demand, Assignment one) {
    Ask ask = one.option().ask();
    int shards = ask.tensorParallel();
    need(one.gpus().size() == shards, "as many GPUs as shards");
    need(Set.copyOf(one.gpus()).size() == one.gpus().size(), "one GPU twice");
    int kvHeads = demand.shape().kvHeads();
    need(demand.shape().heads() % shards == 0, "heads are divided");
    need(kvHeads % shards == 0 || shards % kvHeads == 0, "KV heads are divided");
    int longest = demand.shape().contextTokens();
    need(ask.users() >= demand.users().least(), "too few users");
    need(ask.users() <= demand.users().wanted(), "too many users");
    need(
        ask.contextTokens() >= Math.min(longest, demand.contextTokens().least()),
        "too short a context");
    need(ask.contextTokens() <= demand.contextTokens().wanted(), "too long a context");
    need(ask.contextTokens() <= longest, "a context beyond the model's");
    need(mayBe(demand, ask.variant()), "a variant that was not asked for");
    for (GpuId id : one.gpus()) {
      FleetGpu gpu = gpus.get(id);
      if (gpu == null) {
        wrong.add(one.replica() + " is on a GPU that is not there");
      } else {
        onGpu(demand, one, gpu);
      }
    }
  }

  private void onGpu(Demand demand, Assignment one, FleetGpu gpu) {
    GpuId id = gpu.id();
    GpuId first = one.gpus().getFirst();
    FleetGpu firstGpu = gpus.getOrDefault(first, gpu);
    need(id.host().equals(first.host()), "one host");
    need(gpu.kind().equals(firstGpu.kind()), "equal GPUs");
    need(one.gpus().size() == 1 || !id.id().startsWith("MIG-"), "no model over slices");
    need(demand.locations().contains(gpu.location()), "where the files are");
    need(demand.pin().isEmpty() || names(demand.pin().get(), id), "pinned elsewhere");
    boolean was =
        before.all().stream()
            .anyMatch(it -> it.replica().equals(one.replica()) && it.gpus().contains(id));
    need(
        gpu.condition() instanceof Condition.Ready
            || gpu.condition() instanceof Condition.Lost && was,
        one.replica() + " is on " + gpu.condition());
    BigDecimal bytes = TrueBytes.of(site, demand, one.option().ask(), gpu);
    BigDecimal said = BigDecimal.valueOf(one.perGpu().bytesPerGpu());
    need(
        said.subtract(bytes).abs().compareTo(BigDecimal.valueOf(4)) <= 0,
        one.replica() + " says another memory");
    taken.merge(id, bytes, BigDecimal::add);
    models.computeIfAbsent(id, key -> new HashSet<>()).add(demand.model().value());
  }

  private void counted(Plan plan) {
    long sum = 0;
    for (Assignment one : plan.placed().all()) {
      sum += one.option().value();
      Demand demand =
          site.demands().stream()
              .filter(it -> it.model().equals(one.replica().model()))
              .findFirst()
              .orElse(null);
      need(
          demand == null || Math.abs(one.option().value() - worth(demand, one)) <= 1,
          one.replica() + " counts for another value");
    }
    need(plan.value() == sum, "another value is served");
    need(plan.bound() >= plan.value(), "more is served than can be");
  }

  private void complete(Plan plan) {
    Set<ReplicaId> seen = new HashSet<>();
    plan.placed().all().forEach(one -> seen.add(one.replica()));
    plan.unplaced().forEach(one -> need(seen.add(one), one + " is both placed and unplaced"));
    for (Demand demand : site.demands()) {
      for (int number = 0; number < demand.replicas(); number++) {
        ReplicaId replica = new ReplicaId(demand.model(), number);
        need(seen.remove(replica), replica + " is neither placed nor unplaced");
      }
    }
    need(seen.isEmpty(), "something is decided that nobody asked for");
  }

  private static double worth(Demand demand, Assignment one) {
    Ask ask = one.option().ask();
    int quality =
        switch (ask.variant()) {
          case FP32, FP16, BF16 -> 1000;
          case FP8 -> 985;
          case INT8 -> 975;
          case AWQ -> 950;
          case GPTQ -> 940;
        };
    double worth = (demand.priority() + 1) * ask.users() * Math.sqrt(ask.contextTokens()) * quality;
    return Math.max(1, worth);
  }

  /**
   * FP8 is made by the engine while it loads, sixteen bits by casting; AWQ, GPTQ and INT8 need
   * files of their own. Without a wish it is as stored, or at 16 bits where 32 are stored.
   */
  private static boolean mayBe(Demand demand, Variant variant) {
    Variant stored = demand.shape().stored();
    if (demand.variants().isEmpty()) {
      return variant == (stored == Variant.FP32 ? Variant.FP16 : stored);
    }
    boolean full = stored == Variant.FP32 || stored == Variant.FP16 || stored == Variant.BF16;
    boolean made = variant == Variant.FP16 || variant == Variant.BF16 || variant == Variant.FP8;
    return demand.variants().contains(variant) && (variant == stored || full && made);
  }

  private static boolean names(String pin, GpuId id) {
    return pin.equals(id.host() + "/" + id.id()) || pin.equals(id.id());
  }

  private long possibleHosts(Demand demand) {
    return site.fleet().gpus().stream()
        .filter(gpu -> demand.locations().contains(gpu.location()))
        .filter(gpu -> demand.pin().isEmpty() || names(demand.pin().get(), gpu.id()))
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
