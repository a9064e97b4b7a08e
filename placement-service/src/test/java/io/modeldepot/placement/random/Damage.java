package io.modeldepot.placement.random;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.fleet.Reservation;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Ways to spoil a plan, or the site under it, so that one thing is wrong for certain. */
enum Damage {
  ONE_BYTE_TOO_MUCH("is oversold", Damage::oneByteTooMuch),
  MORE_MEASURED_THAN_PLANNED("says another memory", Damage::moreMeasured),
  UNDERSTATED_MEMORY("says another memory", it -> it.with(Damage::understated)),
  SHARD_ON_ANOTHER_HOST("one host", it -> it.withCut(one -> elsewhere(it, one))),
  SHARD_ON_ANOTHER_KIND("equal GPUs", it -> it.onGpuOfCut(Damage::ofAnotherKind)),
  SHARDS_OVER_SLICES("no model over slices", Damage::overSlices),
  TWO_SHARDS_ON_ONE_GPU("one GPU twice", it -> it.withCut(Damage::twiceOnTheFirst)),
  A_SHARD_FORGOTTEN("as many GPUs as shards", it -> it.withCut(Damage::withoutTheLast)),
  HEADS_CUT("heads are divided", Damage::headsCut),
  PIN_IGNORED("pinned elsewhere", it -> it.demand((demand, one) -> demand.pinnedTo("another/0"))),
  ENEMIES_TOGETHER("are not apart", Damage::enemies),
  REPLICAS_ON_ONE_GPU("twice on", it -> it.siblings((first, other) -> first)),
  REPLICAS_ON_ONE_HOST(
      "has two replicas on one host", it -> it.siblings((first, other) -> beside(it, first))),
  ON_A_DRAINED_GPU(
      "is on Drained",
      it -> it.onGpu(gpu -> gpu.in(new Condition.Drained(Optional.empty(), "damage")))),
  ON_A_GPU_GIVEN_UP(
      "is on GivenUp", it -> it.onGpu(gpu -> gpu.in(new Condition.GivenUp(Instant.EPOCH)))),
  NEW_ON_A_LOST_GPU(
      "is on Lost",
      it -> it.onGpu(gpu -> gpu.in(new Condition.Lost(Instant.EPOCH, Instant.EPOCH)))),
  ON_A_GPU_THAT_IS_GONE("is on a GPU that is not there", Damage::gone),
  FILES_ELSEWHERE(
      "where the files are", it -> it.demand((demand, one) -> RandomDemands.at(demand, Set.of()))),
  TOO_FEW_USERS(
      "too few users",
      it ->
          it.demand(
              (demand, one) -> demand.forUsers(Range.exactly(one.option().ask().users() + 1)))),
  TOO_MANY_USERS(
      "too many users",
      it ->
          it.demand(
              (demand, one) ->
                  one.option().ask().users() == 1
                      ? demand
                      : demand.forUsers(Range.exactly(one.option().ask().users() - 1)))),
  TOO_SHORT_A_CONTEXT(
      "too short a context",
      it ->
          it.demand(
              (demand, one) ->
                  one.option().ask().contextTokens() == demand.shape().contextTokens()
                      ? demand
                      : demand.withContext(Range.exactly(one.option().ask().contextTokens() + 1)))),
  TOO_LONG_A_CONTEXT(
      "too long a context",
      it ->
          it.demand(
              (demand, one) ->
                  demand.withContext(Range.exactly(one.option().ask().contextTokens() - 1)))),
  A_VARIANT_NOT_ASKED_FOR(
      "a variant that was not asked for",
      it -> it.demand((demand, one) -> demand.as(others(one.option().ask().variant())))),
  NOT_ASKED_FOR("something runs that nobody asked for", Damage::notAskedFor),
  TOO_MANY_REPLICAS("more replicas than asked for", Damage::fewerReplicas),
  ANOTHER_VALUE("another value is served", Damage::anotherValue),
  COUNTED_TOO_HIGH(
      "counts for another value",
      it -> it.with(one -> counted(one, one.option().value() + one.option().value() / 2 + 2))),
  FORGOTTEN("is neither placed nor unplaced", Damage::forgotten),
  BOTH_PLACED_AND_NOT("is both placed and unplaced", Damage::both);

  private final String expected;
  private final Function<Spoiled, Optional<Spoiled>> how;

  Damage(String expected, Function<Spoiled, Optional<Spoiled>> how) {
    this.expected = expected;
    this.how = how;
  }

  /** What the checker must say. */
  String expected() {
    return expected;
  }

  /** Spoils it; empty if there is nothing there to be spoiled so. */
  Optional<Spoiled> to(Spoiled whole) {
    return how.apply(whole).filter(it -> !it.equals(whole));
  }

  private static Optional<Spoiled> oneByteTooMuch(Spoiled it) {
    return it.onGpu(
        gpu -> {
          BigDecimal taken = BigDecimal.ZERO;
          for (Assignment one : it.plan().placed().on(gpu.id())) {
            Demand demand = it.demandOf(one);
            taken = taken.add(TrueBytes.of(it.site(), demand, one.option().ask(), gpu));
          }
          long left = taken.setScale(0, RoundingMode.CEILING).longValueExact() - 1;
          return gpu.reserving(
              new Reservation(gpu.usableBytes() - left, Optional.empty(), "damage"));
        });
  }

  private static Optional<Spoiled> moreMeasured(Spoiled it) {
    return it.any()
        .map(
            one -> {
              FleetGpu gpu = it.site().fleet().find(one.gpus().getFirst()).orElseThrow();
              Map<String, Long> measured = new HashMap<>(it.site().measured());
              measured.put(
                  RandomSite.measuredKey(one.replica().model(), gpu.kind().name()), 1L << 34);
              return it.at(new RandomSite(it.site().fleet(), it.site().demands(), measured));
            });
  }

  private static Assignment understated(Assignment one) {
    Breakdown all = one.perGpu();
    return new Assignment(
        one.replica(),
        one.option(),
        one.gpus(),
        new Breakdown(
            all.ask(),
            all.weightsBytes() - 1024,
            all.kvBytes(),
            all.overheadBytes(),
            all.engine(),
            all.remarks()));
  }

  private static Assignment elsewhere(Spoiled it, Assignment one) {
    List<GpuId> gpus = new ArrayList<>(one.gpus());
    it.site().fleet().gpus().stream()
        .map(FleetGpu::id)
        .filter(id -> !id.host().equals(gpus.getFirst().host()))
        .findFirst()
        .ifPresent(id -> gpus.set(gpus.size() - 1, id));
    return on(one, gpus);
  }

  private static FleetGpu ofAnotherKind(FleetGpu gpu) {
    GpuKind other =
        new GpuKind(gpu.kind().name() + " other", gpu.kind().memoryBytes(), gpu.kind().form());
    return of(gpu, gpu.id(), other);
  }

  private static Optional<Spoiled> overSlices(Spoiled it) {
    return it.cut()
        .map(
            one -> {
              Map<GpuId, GpuId> renamed = new HashMap<>();
              one.gpus().forEach(id -> renamed.put(id, new GpuId(id.host(), "MIG-" + id.id())));
              List<FleetGpu> gpus = new ArrayList<>();
              for (FleetGpu gpu : it.site().fleet().gpus()) {
                GpuId id = renamed.getOrDefault(gpu.id(), gpu.id());
                gpus.add(
                    of(gpu, id, GpuKind.of(id.id(), gpu.kind().name(), gpu.kind().memoryBytes())));
              }
              return it.on(new Fleet(gpus))
                  .replacing(
                      any ->
                          on(
                              any,
                              any.gpus().stream()
                                  .map(id -> renamed.getOrDefault(id, id))
                                  .toList()));
            });
  }

  private static Assignment twiceOnTheFirst(Assignment one) {
    List<GpuId> gpus = new ArrayList<>(one.gpus());
    gpus.set(gpus.size() - 1, gpus.getFirst());
    return on(one, gpus);
  }

  private static Assignment withoutTheLast(Assignment one) {
    return on(one, one.gpus().subList(0, one.gpus().size() - 1));
  }

  private static Optional<Spoiled> headsCut(Spoiled it) {
    return it.cut()
        .map(
            one -> {
              Demand demand = it.demandOf(one);
              ModelShape shape = demand.shape();
              return it.replacing(
                  demand,
                  of(
                      demand,
                      new ModelShape(
                          shape.parameters(),
                          shape.stored(),
                          shape.storedWeightsBytes(),
                          shape.layers(),
                          shape.heads() + 1,
                          shape.kvHeads(),
                          shape.headSize(),
                          shape.contextTokens(),
                          shape.slidingWindow(),
                          shape.remarks())));
            });
  }

  private static Optional<Spoiled> enemies(Spoiled it) {
    for (FleetGpu gpu : it.site().fleet().gpus()) {
      List<ModelName> there =
          it.plan().placed().on(gpu.id()).stream().map(one -> one.replica().model()).toList();
      if (new HashSet<>(there).size() > 1) {
        return it.demandNamed(there.getFirst())
            .map(demand -> it.replacing(demand, demand.apart(Set.of(there.getLast()))));
      }
    }
    return Optional.empty();
  }

  private static GpuId beside(Spoiled it, GpuId first) {
    return it.site().fleet().gpus().stream()
        .map(FleetGpu::id)
        .filter(id -> id.host().equals(first.host()) && !id.equals(first))
        .findFirst()
        .orElse(new GpuId(first.host(), "more"));
  }

  private static Optional<Spoiled> gone(Spoiled it) {
    return it.any()
        .map(
            one -> {
              List<FleetGpu> rest = new ArrayList<>(it.site().fleet().gpus());
              rest.removeIf(gpu -> one.gpus().contains(gpu.id()));
              return it.on(new Fleet(rest));
            });
  }

  private static List<Variant> others(Variant variant) {
    return Arrays.stream(Variant.values()).filter(other -> other != variant).toList();
  }

  private static Optional<Spoiled> notAskedFor(Spoiled it) {
    return it.any()
        .map(
            one -> {
              List<Demand> rest = new ArrayList<>(it.site().demands());
              rest.remove(it.demandOf(one));
              return it.at(new RandomSite(it.site().fleet(), rest, it.site().measured()));
            });
  }

  private static Optional<Spoiled> fewerReplicas(Spoiled it) {
    return it.plan().placed().all().stream()
        .filter(one -> one.replica().number() > 0)
        .findFirst()
        .map(
            one -> {
              Demand demand = it.demandOf(one);
              return it.replacing(demand, demand.inReplicas(one.replica().number()));
            });
  }

  private static Optional<Spoiled> anotherValue(Spoiled it) {
    Plan plan = it.plan();
    return plan.value() == 0
        ? Optional.empty()
        : Optional.of(
            it.as(new Plan(plan.placed(), plan.unplaced(), plan.value() - 1, plan.bound())));
  }

  private static Optional<Spoiled> forgotten(Spoiled it) {
    Plan plan = it.plan();
    return plan.unplaced().isEmpty()
        ? Optional.empty()
        : Optional.of(
            it.as(
                new Plan(
                    plan.placed(),
                    plan.unplaced().subList(1, plan.unplaced().size()),
                    plan.value(),
                    plan.bound())));
  }

  private static Optional<Spoiled> both(Spoiled it) {
    return it.any()
        .map(
            one -> {
              List<ReplicaId> unplaced = new ArrayList<>(it.plan().unplaced());
              unplaced.add(one.replica());
              return it.as(
                  new Plan(it.plan().placed(), unplaced, it.plan().value(), it.plan().bound()));
            });
  }

  private static Assignment counted(Assignment one, long value) {
    return new Assignment(
        one.replica(), new Option(one.option().ask(), value), one.gpus(), one.perGpu());
  }

  private static Assignment on(Assignment one, List<GpuId> gpus) {
    return new Assignment(one.replica(), one.option(), gpus, one.perGpu());
  }

  private static FleetGpu of(FleetGpu gpu, GpuId id, GpuKind kind) {
    return new FleetGpu(
        gpu.location(),
        id,
        kind,
        gpu.usableBytes(),
        gpu.reservation(),
        gpu.measuredBytes(),
        gpu.condition());
  }

  private static Demand of(Demand demand, ModelShape shape) {
    return new Demand(
        demand.model(),
        demand.commit(),
        demand.path(),
        demand.locations(),
        shape,
        demand.users(),
        demand.contextTokens(),
        demand.variants(),
        demand.priority(),
        demand.replicas(),
        demand.pin(),
        demand.apartFrom(),
        demand.calibrations());
  }

  /** A plan with the site it is for, spoiled or not yet. */
  record Spoiled(RandomSite site, Assignments before, Plan plan) {

    List<String> findings() {
      return IndependentChecker.check(site, before, plan);
    }

    Demand demandOf(Assignment one) {
      return demandNamed(one.replica().model()).orElseThrow();
    }

    Optional<Demand> demandNamed(ModelName model) {
      return site.demands().stream().filter(it -> it.model().equals(model)).findFirst();
    }

    Optional<Assignment> any() {
      return plan.placed().all().stream().findFirst();
    }

    Optional<Assignment> cut() {
      return plan.placed().all().stream().filter(one -> one.gpus().size() > 1).findFirst();
    }

    Optional<Spoiled> with(Function<Assignment, Assignment> change) {
      return any().map(one -> replacing(it -> it.equals(one) ? change.apply(it) : it));
    }

    Optional<Spoiled> withCut(Function<Assignment, Assignment> change) {
      return cut().map(one -> replacing(it -> it.equals(one) ? change.apply(it) : it));
    }

    Optional<Spoiled> onGpu(Function<FleetGpu, FleetGpu> change) {
      return any().map(one -> on(site.fleet().with(one.gpus().getFirst(), change::apply)));
    }

    Optional<Spoiled> onGpuOfCut(Function<FleetGpu, FleetGpu> change) {
      return cut().map(one -> on(site.fleet().with(one.gpus().getLast(), change::apply)));
    }

    Optional<Spoiled> demand(BiFunction<Demand, Assignment, Demand> change) {
      return any().map(one -> replacing(demandOf(one), change.apply(demandOf(one), one)));
    }

    /** Where two replicas run on different hosts, the other one is put elsewhere. */
    Optional<Spoiled> siblings(BinaryOperator<GpuId> where) {
      for (Demand demand : site.demands()) {
        List<Assignment> replicas = plan.placed().of(demand.model());
        long hosts = replicas.stream().map(one -> one.gpus().getFirst().host()).distinct().count();
        if (replicas.size() > 1 && hosts == demand.replicas()) {
          Assignment first = replicas.getFirst();
          Assignment other = replicas.getLast();
          if (first.gpus().size() == 1 && other.gpus().size() == 1) {
            GpuId to = where.apply(first.gpus().getFirst(), other.gpus().getFirst());
            return Optional.of(replacing(it -> it.equals(other) ? Damage.on(it, List.of(to)) : it));
          }
        }
      }
      return Optional.empty();
    }

    Spoiled at(RandomSite other) {
      return new Spoiled(other, before, plan);
    }

    Spoiled on(Fleet fleet) {
      return at(new RandomSite(fleet, site.demands(), site.measured()));
    }

    Spoiled as(Plan other) {
      return new Spoiled(site, before, other);
    }

    Spoiled replacing(Demand demand, Demand other) {
      return at(
          new RandomSite(
              site.fleet(),
              site.demands().stream().map(it -> it.equals(demand) ? other : it).toList(),
              site.measured()));
    }

    Spoiled replacing(Function<Assignment, Assignment> change) {
      List<Assignment> placed = plan.placed().all().stream().map(change).toList();
      long value = placed.stream().mapToLong(one -> one.option().value()).sum();
      return as(
          new Plan(new Assignments(placed), plan.unplaced(), value, Math.max(value, plan.bound())));
    }
  }
}
