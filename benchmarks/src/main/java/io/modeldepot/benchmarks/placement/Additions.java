package io.modeldepot.benchmarks.placement;

import io.modeldepot.benchmarks.drawn.DrawnSite;
import io.modeldepot.benchmarks.peers.Instance;
import io.modeldepot.benchmarks.peers.Packing;
import io.modeldepot.benchmarks.peers.Peer;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import io.modeldepot.placement.whatif.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A full site, and models that are added to it one after the other, to the solver that knows it.
 */
final class Additions {
  private static final int NOT_COUNTED = 5;

  private final DrawnSite all;
  private final Duration limit;
  private final Watch watch;
  private final Solver solver;

  private Additions(DrawnSite all, Duration limit, Watch watch, Solver solver) {
    this.all = all;
    this.solver = solver;
    this.limit = limit;
    this.watch = watch;
  }

  /**
   * @param args models, GPUs, milliseconds for the first plan, milliseconds for each addition, how
   *     many, seed value, watch
   */
  public static void main(String[] args) {
    int models = Integer.parseInt(args[0]);
    int count = NOT_COUNTED + Integer.parseInt(args[4]);
    long seed = Long.parseLong(args[5]);
    DrawnSite all = DrawnSite.overloaded(seed, models + count, Integer.parseInt(args[1]));
    Duration limit = Duration.ofMillis(Long.parseLong(args[3]));
    Watch watch = Watch.valueOf(args[6]);
    Solver solver = new Solver();
    Plan plan =
        solver.plan(
            all.fleet(),
            all.demands().subList(0, models),
            Assignments.NONE,
            Effort.time(Duration.ofMillis(Long.parseLong(args[2])), watch.nanos()),
            seed);
    Additions additions = new Additions(all, limit, watch, solver);
    for (int number = 0; number < count; number++) {
      plan = additions.add(plan, models + number, number - NOT_COUNTED);
    }
  }

  private Plan add(Plan before, int model, int number) {
    List<Demand> demands = all.demands().subList(0, model + 1);
    long cpuSince = Watch.CPU.now();
    long since = Watch.WALL.now();
    Plan after =
        solver.plan(
            all.fleet(), demands, before.placed(), Effort.time(limit, watch.nanos()), model);
    double seconds = Watch.WALL.since(since);
    double cpuSeconds = Watch.CPU.since(cpuSince);
    if (number >= 0) {
      System.out.println(Lines.write(finding(before, after, demands, number, seconds, cpuSeconds)));
    }
    return after;
  }

  private Addition finding(
      Plan before, Plan after, List<Demand> demands, int number, double seconds, double cpu) {
    Situation situation = new Situation(all.fleet(), demands, before.placed(), after.placed());
    List<String> broken = Rules.violations(situation);
    if (!broken.isEmpty()) {
      throw new IllegalStateException("A rule is broken: " + broken);
    }
    Demand added = demands.getLast();
    List<Difference> others = new ArrayList<>(Difference.between(before.placed(), after.placed()));
    others.removeIf(it -> it.replica().model().equals(added.model()));
    return new Addition(
        number,
        seconds,
        cpu,
        !after.placed().of(added.model()).isEmpty(),
        count(others, Difference.Moved.class),
        count(others, Difference.Restarted.class),
        count(others, Difference.Stopped.class),
        count(others, Difference.Started.class),
        (double) (after.value() - before.value()) / before.value(),
        (double) untouched(before, demands) / before.value());
  }

  /** What the new model serves where nothing else is touched. */
  private long untouched(Plan before, List<Demand> demands) {
    Instance instance = new Instance(new DrawnSite(all.fleet(), List.of(demands.getLast())));
    Packing packing = new Packing(instance);
    packing.take(before.placed());
    Peer.BEST_FIT_BY_DENSITY.packInto(packing, instance);
    return packing.value();
  }

  private static int count(List<Difference> differences, Class<? extends Difference> kind) {
    return (int) differences.stream().filter(kind::isInstance).count();
  }
}
