package io.modeldepot.benchmarks.peers;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.modeldepot.benchmarks.peers.Instance.Replica;
import io.modeldepot.benchmarks.peers.Instance.Way;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.rules.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The oracle: the whole problem, stated once more for CP-SAT, to the byte. It proves small cases;
 * of larger ones it says how far it came.
 */
public final class CpSat {
  private static final int WORKERS = 2;

  private final Instance instance;
  private final CpModel model = new CpModel();
  private final LinearExprBuilder[] memory;
  private final LinearExprBuilder objective = LinearExpr.newBuilder();
  private final List<Spot> spots = new ArrayList<>();
  private final Map<String, LinearExprBuilder> siblingsAt = new HashMap<>();
  private final Map<Integer, Map<Integer, LinearExprBuilder>> modelOn = new HashMap<>();

  /** A replica served in one way on GPUs of one group; which of them, where there is a choice. */
  private record Spot(int replica, Way way, int[] group, BoolVar taken, BoolVar[] on) {}

  /**
   * What it found.
   *
   * @param value served; 0 if it found nothing
   * @param bound no plan serves more
   * @param proven whether there is none better
   * @param seconds wall, the model's making included
   */
  public record Found(long value, long bound, boolean proven, double seconds, Assignments placed) {}

  private CpSat(Instance instance) {
    this.instance = instance;
    this.memory = new LinearExprBuilder[instance.capacity.length];
    Arrays.setAll(memory, gpu -> LinearExpr.newBuilder());
  }

  /** Why it cannot be used on this machine; empty if it can. */
  public static Optional<String> missing() {
    try {
      Loader.loadNativeLibraries();
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("CP-SAT's native library does not load here: " + e.getMessage());
    }
  }

  /**
   * Solves.
   *
   * @param hint a plan to begin with; may be empty
   */
  public static Found solve(Instance instance, Duration limit, Assignments hint) {
    Loader.loadNativeLibraries();
    long since = System.nanoTime();
    CpSat stated = new CpSat(instance);
    stated.state();
    stated.hint(hint);
    CpSolver solver = new CpSolver();
    solver.getParameters().setNumWorkers(WORKERS);
    solver
        .getParameters()
        .setMaxTimeInSeconds(limit.toNanos() / 1e9 - (System.nanoTime() - since) / 1e9);
    CpSolverStatus status = solver.solve(stated.model);
    boolean any = status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE;
    return new Found(
        any ? Math.round(solver.objectiveValue()) : 0,
        (long) Math.floor(solver.bestObjectiveBound() + 1e-6),
        status == CpSolverStatus.OPTIMAL,
        (System.nanoTime() - since) / 1e9,
        any ? stated.read(solver) : Assignments.NONE);
  }

  private void state() {
    for (int replica = 0; replica < instance.replicas.size(); replica++) {
      LinearExprBuilder once = LinearExpr.newBuilder();
      for (Way way : instance.replicas.get(replica).ways()) {
        for (int[] group : instance.groups) {
          spots(replica, way, group).forEach(spot -> once.add(spot.taken()));
        }
      }
      model.addLessOrEqual(once, 1);
    }
    for (int gpu = 0; gpu < memory.length; gpu++) {
      model.addLessOrEqual(memory[gpu], instance.capacity[gpu]);
    }
    siblingsAt.values().forEach(sum -> model.addLessOrEqual(sum, 1));
    keepEnemiesApart();
    model.maximize(objective);
  }

  /** On single GPUs one for each; of several one for the group, with its choice of GPUs. */
  private List<Spot> spots(int replica, Way way, int[] group) {
    int[] possible =
        Arrays.stream(group)
            .filter(gpu -> instance.replicas.get(replica).allowed()[gpu])
            .filter(gpu -> way.bytes()[instance.kindOf[gpu]] <= instance.capacity[gpu])
            .toArray();
    List<Spot> made = new ArrayList<>();
    if (way.shards() == 1) {
      for (int gpu : possible) {
        BoolVar taken = model.newBoolVar("");
        made.add(new Spot(replica, way, new int[] {gpu}, taken, new BoolVar[] {taken}));
      }
    } else if (possible.length >= way.shards()) {
      BoolVar taken = model.newBoolVar("");
      BoolVar[] on = new BoolVar[possible.length];
      Arrays.setAll(on, i -> possible.length == way.shards() ? taken : model.newBoolVar(""));
      if (possible.length > way.shards()) {
        model.addEquality(LinearExpr.sum(on), LinearExpr.term(taken, way.shards()));
      }
      made.add(new Spot(replica, way, possible, taken, on));
    }
    made.forEach(this::count);
    spots.addAll(made);
    return made;
  }

  private void count(Spot spot) {
    objective.addTerm(spot.taken(), spot.way().value());
    Replica one = instance.replicas.get(spot.replica());
    for (int i = 0; i < spot.group().length; i++) {
      int gpu = spot.group()[i];
      memory[gpu].addTerm(spot.on()[i], spot.way().bytes()[instance.kindOf[gpu]]);
      if (!one.demand().apartFrom().isEmpty() || isAnEnemy(one.model())) {
        modelOn
            .computeIfAbsent(one.model(), key -> new HashMap<>())
            .computeIfAbsent(gpu, key -> LinearExpr.newBuilder())
            .add(spot.on()[i]);
      }
      if (one.demand().replicas() > 1 && one.spread() == Spread.GPUS) {
        sum(one.model() + "|" + gpu).add(spot.on()[i]);
      }
    }
    if (one.demand().replicas() > 1 && one.spread() == Spread.HOSTS) {
      sum(one.model() + "|" + instance.hostOf[spot.group()[0]]).add(spot.taken());
    }
  }

  private LinearExprBuilder sum(String where) {
    return siblingsAt.computeIfAbsent(where, key -> LinearExpr.newBuilder());
  }

  private boolean isAnEnemy(int model) {
    return instance.replicas.stream().anyMatch(one -> instance.areEnemies(model, one.model()));
  }

  /** Where one of two enemies is on a GPU, in however many copies, the other one is not. */
  private void keepEnemiesApart() {
    for (var one : modelOn.entrySet()) {
      for (var other : modelOn.entrySet()) {
        if (one.getKey() < other.getKey() && instance.areEnemies(one.getKey(), other.getKey())) {
          one.getValue()
              .forEach(
                  (gpu, sum) -> {
                    LinearExprBuilder there = other.getValue().get(gpu);
                    if (there != null) {
                      model.addLessOrEqual(LinearExpr.newBuilder().add(sum).add(there), 1);
                    }
                  });
        }
      }
    }
  }

  private void hint(Assignments hint) {
    if (hint.all().isEmpty()) {
      return;
    }
    var byReplica = hint.byReplica();
    for (Spot spot : spots) {
      Assignment said = byReplica.get(instance.replicas.get(spot.replica()).id());
      List<GpuId> where =
          said != null && said.option().ask().equals(spot.way().option().ask())
              ? said.gpus()
              : List.of();
      boolean here = false;
      for (int i = 0; i < spot.group().length; i++) {
        GpuId gpu = instance.gpus.get(spot.group()[i]).id();
        boolean on = where.contains(gpu);
        here |= on;
        if (spot.on().length > spot.way().shards()) {
          model.addHint(spot.on()[i], on ? 1 : 0);
        }
      }
      model.addHint(spot.taken(), here ? 1 : 0);
    }
  }

  private Assignments read(CpSolver solver) {
    List<Assignment> placed = new ArrayList<>();
    for (Spot spot : spots) {
      if (solver.booleanValue(spot.taken())) {
        int[] on =
            IntStream.range(0, spot.on().length)
                .filter(i -> solver.booleanValue(spot.on()[i]))
                .map(i -> spot.group()[i])
                .toArray();
        placed.add(instance.assignment(spot.replica(), spot.way(), on));
      }
    }
    return new Assignments(placed);
  }
}
