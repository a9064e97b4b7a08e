package io.modeldepot.benchmarks.peers;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Timefold Community with the moves it has by itself and a calculator of ours. Enmities are not
 * stated; plain sites have none.
 */
public final class Timefold {
  private Timefold() {}

  /**
   * What it found in that time, from when the site is read; nothing if it found no plan that keeps
   * the rules.
   */
  public static Assignments solve(Instance instance, Duration limit, long seed) {
    TimefoldSite site = TimefoldSite.of(instance);
    SolverConfig config =
        new SolverConfig()
            .withSolutionClass(TimefoldSite.class)
            .withEntityClasses(TimefoldSite.Served.class)
            .withScoreDirectorFactory(
                new ScoreDirectorFactoryConfig()
                    .withIncrementalScoreCalculatorClass(TimefoldScore.class))
            .withRandomSeed(seed)
            .withTerminationSpentLimit(limit);
    TimefoldSite best = SolverFactory.<TimefoldSite>create(config).buildSolver().solve(site);
    List<Assignment> placed = new ArrayList<>();
    if (best.score.isFeasible()) {
      for (TimefoldSite.Served served : best.replicas) {
        if (served.spot != null) {
          placed.add(instance.assignment(served.replica, served.spot.way(), served.spot.gpus()));
        }
      }
    }
    return new Assignments(placed);
  }
}
