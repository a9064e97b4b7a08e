package io.modeldepot.placement.random;

import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where what runs may go on running as it is, no plan is worse than that: it serves more, or as
 * much at no higher soft costs, counted here once more.
 */
public final class StandingStill {
  private static final int MOVE = 10_000;
  private static final int RESTART = 4_000;
  private static final int GPU_IN_USE = 20;

  private StandingStill() {}

  /**
   * What is wrong with a plan for the same GPUs, maybe in other troubles, and some of the same
   * demands.
   */
  public static List<String> check(RandomSite site, Assignments before, Plan plan) {
    Assignments asked =
        new Assignments(
            before.all().stream()
                .filter(
                    one ->
                        site.demands().stream()
                            .anyMatch(demand -> demand.model().equals(one.replica().model())))
                .toList());
    if (asked.all().isEmpty() || !IndependentChecker.isAllowed(site, asked)) {
      return List.of();
    }
    long served = asked.all().stream().mapToLong(one -> one.option().value()).sum();
    long more = plan.value() - served;
    if (more > 0 || more == 0 && cost(site, asked, plan.placed()) <= cost(site, asked, asked)) {
      return List.of();
    }
    return List.of(
        "the plan is worse than what runs: it serves %d after %d, at soft costs of %d after %d"
            .formatted(
                plan.value(), served, cost(site, asked, plan.placed()), cost(site, asked, asked)));
  }

  static long cost(RandomSite site, Assignments before, Assignments after) {
    Map<GpuId, Long> bytes = new HashMap<>();
    Map<GpuId, FleetGpu> gpus = new HashMap<>();
    site.fleet().gpus().forEach(gpu -> gpus.put(gpu.id(), gpu));
    long cost = 0;
    for (Assignment one : after.all()) {
      Assignment then = before.find(one.replica()).orElse(one);
      if (!then.gpus().equals(one.gpus())) {
        cost += MOVE;
      } else if (!then.option().ask().equals(one.option().ask())) {
        cost += RESTART;
      }
      for (GpuId id : one.gpus()) {
        bytes.merge(id, one.perGpu().bytesPerGpu(), Long::sum);
      }
      cost +=
          one.gpus().stream()
              .flatMap(id -> Stream.ofNullable(gpus.get(id)))
              .mapToLong(gpu -> gpu.kind().memoryBytes() / (1 << 30))
              .sum();
    }
    for (var taken : bytes.entrySet()) {
      FleetGpu gpu = gpus.get(taken.getKey());
      long there =
          gpu == null ? 0 : gpu.usableBytes() - gpu.reservation().map(it -> it.bytes()).orElse(0L);
      cost += GPU_IN_USE;
      if (there > 0) {
        double full = Math.min(1, (double) taken.getValue() / there);
        cost += Math.round(10 * full * full);
      }
    }
    return cost;
  }
}
