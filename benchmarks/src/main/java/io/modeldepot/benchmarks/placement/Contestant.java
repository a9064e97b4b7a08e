package io.modeldepot.benchmarks.placement;

import io.modeldepot.benchmarks.drawn.DrawnSite;
import io.modeldepot.benchmarks.peers.CpSat;
import io.modeldepot.benchmarks.peers.Instance;
import io.modeldepot.benchmarks.peers.Packing;
import io.modeldepot.benchmarks.peers.Peer;
import io.modeldepot.benchmarks.peers.Timefold;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;

/** Somebody who makes a plan for a site on which nothing runs. */
@FunctionalInterface
interface Contestant {
  String OURS = "the solver";
  String CP_SAT = "CP-SAT, hinted by the best of these";

  String TIMEFOLD = "Timefold Community, its own moves";

  /**
   * A plan.
   *
   * @param bound what no plan exceeds, by who made it
   */
  record Answer(Assignments placed, long value, OptionalLong bound) {}

  /**
   * Plans.
   *
   * @param watch by which the solver keeps the limit; libraries keep it by the wall
   */
  Answer plan(DrawnSite site, Duration limit, long seed, Watch watch);

  /** By the name in the tables. */
  static Contestant named(String name) {
    return switch (name) {
      case OURS -> Contestant::ours;
      case CP_SAT -> (site, limit, seed, watch) -> cpSat(site, limit);
      case TIMEFOLD -> (site, limit, seed, watch) -> timefold(site, limit, seed);
      default ->
          Arrays.stream(Peer.values())
              .filter(peer -> peer.label().equals(name))
              .findFirst()
              .<Contestant>map(peer -> (site, limit, seed, watch) -> peer(peer, site))
              .orElseThrow(() -> new IllegalArgumentException("Nobody is called " + name));
    };
  }

  private static Answer ours(DrawnSite site, Duration limit, long seed, Watch watch) {
    Effort effort = Effort.time(limit, watch.nanos());
    Plan plan = Solver.solve(site.fleet(), site.demands(), Assignments.NONE, effort, seed);
    return new Answer(plan.placed(), plan.value(), OptionalLong.of(plan.bound()));
  }

  private static Answer peer(Peer peer, DrawnSite site) {
    Packing packing = peer.pack(new Instance(site));
    return new Answer(packing.assignments(), packing.value(), OptionalLong.empty());
  }

  private static Answer timefold(DrawnSite site, Duration limit, long seed) {
    Assignments placed = Timefold.solve(new Instance(site), limit, seed);
    long value = placed.all().stream().mapToLong(one -> one.option().value()).sum();
    return new Answer(placed, value, OptionalLong.empty());
  }

  private static Answer cpSat(DrawnSite site, Duration limit) {
    Instance instance = new Instance(site);
    Packing best =
        Arrays.stream(Peer.values())
            .map(peer -> peer.pack(instance))
            .max(Comparator.comparingLong(Packing::value))
            .orElseThrow();
    CpSat.Found found = CpSat.solve(instance, limit, best.assignments());
    return new Answer(found.placed(), found.value(), OptionalLong.of(found.bound()));
  }
}
