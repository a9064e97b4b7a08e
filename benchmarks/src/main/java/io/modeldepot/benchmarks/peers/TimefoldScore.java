package io.modeldepot.benchmarks.peers;

import ai.timefold.solver.core.api.score.HardSoftScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import io.modeldepot.benchmarks.peers.Instance.Replica;
import io.modeldepot.benchmarks.peers.TimefoldSite.Served;
import io.modeldepot.placement.rules.Spread;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** Counts as it goes: hard what is oversold or too near to a sibling, soft what is served. */
@NullUnmarked
public class TimefoldScore implements IncrementalScoreCalculator<TimefoldSite, HardSoftScore> {
  private static final int TOO_NEAR = 1_000_000;
  private static final int MIB_SHIFT = 20;

  private Instance instance;
  private long[] free;
  private Map<String, Integer> siblings;
  private long hard;
  private long soft;

  /** For Timefold. */
  public TimefoldScore() {}

  @Override
  public void resetWorkingSolution(TimefoldSite site) {
    instance = site.instance;
    free = instance.capacity.clone();
    siblings = new HashMap<>();
    hard = 0;
    soft = 0;
    site.replicas.forEach(served -> count(served, 1));
  }

  @Override
  public void beforeVariableChanged(Object entity, String variable) {
    count((Served) entity, -1);
  }

  @Override
  public void afterVariableChanged(Object entity, String variable) {
    count((Served) entity, 1);
  }

  @Override
  public HardSoftScore calculateScore() {
    return HardSoftScore.of(hard, soft);
  }

  private void count(Served served, int sign) {
    if (served.spot == null) {
      return;
    }
    soft += sign * served.spot.way().value();
    Replica one = instance.replicas.get(served.replica);
    for (int gpu : served.spot.gpus()) {
      hard -= oversold(gpu);
      free[gpu] -= sign * served.spot.way().bytes()[instance.kindOf[gpu]];
      hard += oversold(gpu);
    }
    if (one.demand().replicas() > 1) {
      int gpu = served.spot.gpus()[0];
      String where = one.spread() == Spread.HOSTS ? instance.hostOf[gpu] : Integer.toString(gpu);
      int there = siblings.merge(one.model() + "|" + where, sign, Integer::sum);
      hard -= sign > 0 && there > 1 ? TOO_NEAR : 0;
      hard += sign < 0 && there > 0 ? TOO_NEAR : 0;
    }
  }

  /** Negative MiB, rounded so that a byte too much counts. */
  private long oversold(int gpu) {
    return free[gpu] >= 0 ? 0 : free[gpu] >> MIB_SHIFT;
  }
}
