package io.modeldepot.placement.plan;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.Sorted;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replicas on GPUs, in order.
 *
 * @param all each replica once
 */
public record Assignments(List<Assignment> all) {
  /** Nothing runs anywhere. */
  public static final Assignments NONE = new Assignments(List.of());

  /** Sorts, and refuses one replica twice. */
  public Assignments {
    all = all.stream().sorted((a, b) -> a.replica().compareTo(b.replica())).toList();
    if (all.stream().map(Assignment::replica).distinct().count() != all.size()) {
      throw new IllegalArgumentException("A replica runs once.");
    }
  }

  /** Where a replica is. */
  public Optional<Assignment> find(ReplicaId replica) {
    return Sorted.find(all, Assignment::replica, replica);
  }

  /** The replicas of a model. */
  public List<Assignment> of(ModelName model) {
    int from = Sorted.firstFrom(all, Assignment::replica, new ReplicaId(model, 0));
    int to = from;
    while (to < all.size() && all.get(to).replica().model().equals(model)) {
      to++;
    }
    return all.subList(from, to);
  }

  /** What is on a GPU. */
  public List<Assignment> on(GpuId gpu) {
    return all.stream().filter(it -> it.gpus().contains(gpu)).toList();
  }

  /** Bytes that are taken, by GPU. */
  public Map<GpuId, Long> bytesByGpu() {
    Map<GpuId, Long> bytes = new HashMap<>();
    for (Assignment one : all) {
      one.gpus().forEach(gpu -> bytes.merge(gpu, one.perGpu().bytesPerGpu(), Long::sum));
    }
    return bytes;
  }

  /** By replica. */
  public Map<ReplicaId, Assignment> byReplica() {
    Map<ReplicaId, Assignment> map = new HashMap<>();
    all.forEach(it -> map.put(it.replica(), it));
    return map;
  }

  /** The same without these models. */
  public Assignments without(Collection<ModelName> models) {
    return new Assignments(
        all.stream().filter(it -> !models.contains(it.replica().model())).toList());
  }
}
