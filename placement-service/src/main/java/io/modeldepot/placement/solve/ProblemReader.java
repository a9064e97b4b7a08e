package io.modeldepot.placement.solve;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.rules.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts fleet, demands and what runs now into numbers. */
final class ProblemReader {
  private final List<FleetGpu> gpus;
  private final Fleet fleet;
  private final List<Demand> demands;
  private final Map<ReplicaId, Assignment> before;
  private final Memory memory;
  private final Map<GpuId, Integer> gpuNumbers = new HashMap<>();
  private final Map<ModelName, Integer> modelNumbers = new HashMap<>();
  private final GpuKind[] kinds;
  private final int[] kindOf;

  private ProblemReader(Fleet fleet, List<Demand> demands, Assignments before, Memory memory) {
    this.memory = memory;
    this.fleet = fleet;
    this.gpus = fleet.gpus();
    this.demands = demands;
    this.before = before.byReplica();
    this.kinds = gpus.stream().map(FleetGpu::kind).distinct().sorted().toArray(GpuKind[]::new);
    this.kindOf = gpus.stream().mapToInt(gpu -> Arrays.binarySearch(kinds, gpu.kind())).toArray();
    for (int gpu = 0; gpu < gpus.size(); gpu++) {
      gpuNumbers.put(gpus.get(gpu).id(), gpu);
    }
    for (int model = 0; model < demands.size(); model++) {
      modelNumbers.put(demands.get(model).model(), model);
    }
  }

  static Problem read(Fleet fleet, List<Demand> demands, Assignments before, Memory memory) {
    return new ProblemReader(fleet, demands, before, memory).read();
  }

  private Problem read() {
    int[][] groups = groups();
    int mostShards = Memory.mostShards(groups);
    BitSet[] apart = apart();
    Map<List<Object>, Reach> possible = new HashMap<>();
    List<Item> items = new ArrayList<>();
    int[][] itemsOfModel = new int[demands.size()][];
    for (int model = 0; model < demands.size(); model++) {
      Demand demand = demands.get(model);
      Choices choices = memory.choices(demand, kinds, mostShards);
      Reach reachable =
          possible.computeIfAbsent(List.of(demand.locations(), demand.pin()), key -> reach(demand));
      Spread spread = demand.replicas() > 1 ? Spread.of(demand, fleet) : Spread.GPUS;
      itemsOfModel[model] = new int[demand.replicas()];
      for (int number = 0; number < demand.replicas(); number++) {
        itemsOfModel[model][number] = items.size();
        ReplicaId replica = new ReplicaId(demand.model(), number);
        Assignment ran = before.get(replica);
        int[] ranOn = ran == null ? new int[0] : numbers(ran.gpus());
        items.add(
            new Item(
                replica,
                model,
                choices,
                allowed(reachable, ranOn),
                apart[model],
                spread,
                ranOn,
                ranOn.length == 0 ? -1 : optionOf(choices, ran)));
      }
    }
    return new Problem(
        gpus, demands, kinds, kindOf, hosts(), groups, items.toArray(Item[]::new), itemsOfModel);
  }

  /** GPUs of one kind on one host. */
  private int[][] groups() {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int gpu = 0; gpu < gpus.size(); gpu++) {
      groups
          .computeIfAbsent(gpus.get(gpu).id().host() + "|" + kindOf[gpu], key -> new ArrayList<>())
          .add(gpu);
    }
    return groups.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private int[] hosts() {
    Map<String, Integer> numbers = new HashMap<>();
    return gpus.stream()
        .mapToInt(gpu -> numbers.computeIfAbsent(gpu.id().host(), host -> numbers.size()))
        .toArray();
  }

  /** Both ways: it is enough that one of them says so. */
  private BitSet[] apart() {
    BitSet[] apart = new BitSet[demands.size()];
    Arrays.setAll(apart, model -> new BitSet());
    for (int model = 0; model < apart.length; model++) {
      for (ModelName other : demands.get(model).apartFrom()) {
        Integer number = modelNumbers.get(other);
        if (number != null && number != model) {
          apart[model].set(number);
          apart[number].set(model);
        }
      }
    }
    return apart;
  }

  /**
   * Where a demand may be.
   *
   * @param possible by its location and its pin, whatever the condition
   * @param taking those of them that take something new
   */
  private record Reach(BitSet possible, BitSet taking) {}

  private Reach reach(Demand demand) {
    BitSet possible = new BitSet(gpus.size());
    BitSet taking = new BitSet(gpus.size());
    for (int gpu = 0; gpu < gpus.size(); gpu++) {
      FleetGpu one = gpus.get(gpu);
      if (demand.locations().contains(one.location())
          && demand.pin().map(one.id()::isMeantBy).orElse(true)) {
        possible.set(gpu);
        taking.set(gpu, one.condition().takes());
      }
    }
    return new Reach(possible, taking);
  }

  /** Those that take something new, and what it runs on as long as that is kept. */
  private BitSet allowed(Reach reach, int[] ranOn) {
    BitSet allowed = reach.taking();
    for (int gpu : ranOn) {
      if (!allowed.get(gpu) && reach.possible().get(gpu) && gpus.get(gpu).condition().keeps()) {
        if (allowed == reach.taking()) {
          allowed = (BitSet) allowed.clone();
        }
        allowed.set(gpu);
      }
    }
    return allowed;
  }

  /**
   * Empty where one of them is not in the fleet any more, or where they are not alike any more: a
   * card was changed for another kind.
   */
  private int[] numbers(List<GpuId> ids) {
    if (!ids.stream().allMatch(gpuNumbers::containsKey)) {
      return new int[0];
    }
    int[] numbers = ids.stream().mapToInt(gpuNumbers::get).sorted().toArray();
    boolean alike =
        Arrays.stream(numbers)
            .allMatch(
                gpu ->
                    kindOf[gpu] == kindOf[numbers[0]]
                        && gpus.get(gpu).id().host().equals(gpus.get(numbers[0]).id().host()));
    return alike ? numbers : new int[0];
  }

  private static int optionOf(Choices choices, @Nullable Assignment ran) {
    for (int option = 0; option < choices.count(); option++) {
      if (ran != null && choices.options().get(option).ask().equals(ran.option().ask())) {
        return option;
      }
    }
    return -1;
  }
}
