package io.modeldepot.benchmarks.peers;

import io.modeldepot.benchmarks.peers.Instance.Replica;
import io.modeldepot.benchmarks.peers.Instance.Way;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a scheduler without a search does: takes the models in an order, gives each the most
 * valuable way of serving that fits somewhere, and never comes back to it.
 */
public enum Peer {
  FIRST_FIT_BY_SIZE("first fit decreasing by size", one -> -fullBytes(one)) {
    @Override
    Optional<int[]> find(Packing packing, int replica, Way way) {
      return packing.firstFit(replica, way);
    }
  },
  BEST_FIT_BY_PRIORITY("best fit by priority, then size", one -> -priorityThenSize(one)),
  BEST_FIT_BY_DENSITY(
      "best fit by density", one -> -one.ways().getFirst().value() / fullBytes(one));

  private static final double MORE_THAN_ANY_SIZE = 1e15;

  private final String label;
  private final ToDoubleFunction<Replica> order;

  Peer(String label, ToDoubleFunction<Replica> order) {
    this.label = label;
    this.order = order;
  }

  /** As tables have it. */
  public String label() {
    return label;
  }

  /** Packs a site. */
  public Packing pack(Instance instance) {
    Packing packing = new Packing(instance);
    packInto(packing, instance);
    return packing;
  }

  /** The same, beside what is there. */
  public void packInto(Packing packing, Instance instance) {
    List<Integer> order =
        IntStream.range(0, instance.replicas.size())
            .boxed()
            .filter(i -> !instance.replicas.get(i).ways().isEmpty())
            .sorted(Comparator.comparingDouble(i -> this.order.applyAsDouble(at(instance, i))))
            .toList();
    for (int replica : order) {
      for (Way way : at(instance, replica).ways()) {
        Optional<int[]> on = find(packing, replica, way);
        if (on.isPresent()) {
          packing.place(replica, way, on.get());
          break;
        }
      }
    }
  }

  Optional<int[]> find(Packing packing, int replica, Way way) {
    return packing.bestFit(replica, way);
  }

  private static Replica at(Instance instance, int replica) {
    return instance.replicas.get(replica);
  }

  private static double priorityThenSize(Replica one) {
    return one.demand().priority() * MORE_THAN_ANY_SIZE + fullBytes(one);
  }

  private static double fullBytes(Replica one) {
    return one.ways().getFirst().leastBytes();
  }
}
