package io.modeldepot.benchmarks.peers;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.HardSoftScore;
import io.modeldepot.benchmarks.peers.Instance.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/** A site as Timefold wants to have it: classes that it makes, fills and copies by itself. */
@NullUnmarked
@PlanningSolution
public class TimefoldSite {
  Instance instance;
  @PlanningEntityCollectionProperty public List<Served> replicas = new ArrayList<>();
  @PlanningScore public HardSoftScore score;

  /** For Timefold. */
  public TimefoldSite() {}

  /** Nothing is placed yet. */
  static TimefoldSite of(Instance instance) {
    TimefoldSite site = new TimefoldSite();
    site.instance = instance;
    Map<Integer, List<Spot>> byModel = new HashMap<>();
    for (int i = 0; i < instance.replicas.size(); i++) {
      int replica = i;
      Served served = new Served();
      served.replica = replica;
      served.spots =
          byModel.computeIfAbsent(
              instance.replicas.get(replica).model(), key -> spots(instance, replica));
      if (!served.spots.isEmpty()) {
        site.replicas.add(served);
      }
    }
    return site;
  }

  /** Every way of serving on every GPU, or on GPUs of one group beside each other. */
  private static List<Spot> spots(Instance instance, int replica) {
    List<Spot> spots = new ArrayList<>();
    for (Way way : instance.replicas.get(replica).ways()) {
      for (int[] group : instance.groups) {
        for (int from = 0; from + way.shards() <= group.length; from++) {
          int[] on = IntStream.range(from, from + way.shards()).map(i -> group[i]).toArray();
          if (IntStream.of(on)
              .allMatch(
                  gpu ->
                      instance.replicas.get(replica).allowed()[gpu]
                          && way.bytes()[instance.kindOf[gpu]] <= instance.capacity[gpu])) {
            spots.add(new Spot(way, on));
          }
        }
      }
    }
    return spots;
  }

  /** A way of serving on certain GPUs. */
  public record Spot(Way way, int[] gpus) {}

  /** A replica, which is somewhere or nowhere. */
  @PlanningEntity
  public static class Served {
    int replica;
    @ValueRangeProvider public List<Spot> spots;

    @PlanningVariable(allowsUnassigned = true)
    public Spot spot;

    /** For Timefold. */
    public Served() {}
  }
}
