package io.modeldepot.placement.solve;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The door of the solver. The same fleet, demands, current assignments, seed and number of steps
 * give the same plan from a new solver; one that solved before, or has a budget of time, may give
 * another, never one that breaks a rule. Safe for use by many threads.
 */
public final class Solver {
  private static final int GLANCE = 200;
  private static final double SKETCH = 0.1;

  private volatile Memory memory = Memory.NONE;

  /** Decides with nothing to go by from before; see {@link #plan}. */
  public static Plan solve(
      Fleet fleet, List<Demand> demands, Assignments before, Effort effort, long seed) {
    return new Solver().plan(fleet, demands, before, effort, seed);
  }

  /**
   * Decides.
   *
   * @param before what runs now: it stays where nothing more is served without it
   * @param effort how long to look for better
   * @param seed of the random choices
   */
  public Plan plan(
      Fleet fleet, List<Demand> demands, Assignments before, Effort effort, long seed) {
    Memory last = memory;
    Problem problem = ProblemReader.read(fleet, demands, before, last);
    boolean fresh = problem.isFresh();
    Prices known = last.prices(fleet);
    Prices prices =
        fresh || known == null
            ? new Prices(problem, known).settle()
            : new Prices(problem, known).settleFrom(known);
    memory = Memory.of(problem, fleet, prices);
    State state = new State(problem, Room.of(problem, prices));
    Favourites favourites = new Favourites(problem, prices);
    Finder finder = new Finder(state, favourites);
    Dice dice = new Dice(seed);
    Ejection ejection = new Ejection(state, finder, favourites, dice);
    PricedStart start = new PricedStart(state, prices, finder, favourites);
    if (fresh) {
      start.pack();
    } else {
      start.keepWhatRuns();
    }
    for (int item = 0; item < problem.items.length; item++) {
      ejection.raiseInPlace(item);
    }
    state.keep();
    long bound = prices.bound();
    if (state.value() < bound && ExactCase.isFor(problem)) {
      bound = prove(state, prices, bound, effort.proofNodes() / GLANCE);
      if (state.value() < bound) {
        new EjectionSearch(state, prices, finder, ejection, dice)
            .run(effort.search().part(SKETCH), bound);
        bound = prove(state, prices, bound, effort.proofNodes());
      }
    }
    if (state.value() < bound) {
      new EjectionSearch(state, prices, finder, ejection, dice).run(effort.search(), bound);
    }
    new Polish(state, finder, ejection).run();
    return plan(problem, state, bound);
  }

  /** Looks for the best plan of a small case and for the proof that it is. */
  private static long prove(State state, Prices prices, long bound, int nodes) {
    ExactSearch exact = new ExactSearch(state, prices, nodes);
    return exact.run() ? Math.min(bound, exact.most()) : bound;
  }

  private static Plan plan(Problem problem, State state, long bound) {
    List<Assignment> placed = new ArrayList<>();
    List<ReplicaId> unplaced = new ArrayList<>();
    for (int item = 0; item < problem.items.length; item++) {
      Item one = problem.items[item];
      if (state.isPlaced(item)) {
        placed.add(assignment(problem, one, state.option(item), state.gpus(item)));
      } else {
        unplaced.add(one.replica());
      }
    }
    return new Plan(new Assignments(placed), unplaced, state.value(), bound);
  }

  private static Assignment assignment(Problem problem, Item item, int option, int[] gpus) {
    Option chosen = item.choices().options().get(option);
    FleetGpu first = problem.gpus.get(gpus[0]);
    List<GpuId> ids = Arrays.stream(gpus).mapToObj(gpu -> problem.gpus.get(gpu).id()).toList();
    return new Assignment(
        item.replica(),
        chosen,
        ids,
        problem.demands.get(item.model()).memoryOn(first.kind()).breakdown(chosen.ask()));
  }
}
