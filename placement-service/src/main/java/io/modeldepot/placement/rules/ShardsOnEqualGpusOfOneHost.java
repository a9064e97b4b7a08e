package io.modeldepot.placement.rules;

import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.plan.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shards wait for each other at every layer: the slowest and the smallest GPU decides for all, and
 * a network between them more than that.
 */
public record ShardsOnEqualGpusOfOneHost() implements HardRule {
  @Override
  public String name() {
    return "tensor-parallel";
  }

  @Override
  public String sentence() {
    return "The shards of a model are on different but equal GPUs of one host, and divide its"
        + " heads.";
  }

  @Override
  public List<String> violations(Situation situation) {
    Map<GpuId, FleetGpu> gpus = situation.gpusById();
    var demands = situation.demandsByModel();
    List<String> found = new ArrayList<>();
    for (Assignment one : situation.after().all()) {
      violation(one, gpus).ifPresent(what -> found.add(one.replica() + " " + what));
      Optional.ofNullable(demands.get(one.replica().model()))
          .filter(demand -> !demand.shape().canBeCutInto(one.option().ask().tensorParallel()))
          .ifPresent(demand -> found.add(one.replica() + " cannot be cut so"));
    }
    return found;
  }

  private static Optional<String> violation(Assignment one, Map<GpuId, FleetGpu> gpus) {
    int shards = one.option().ask().tensorParallel();
    if (one.gpus().size() != shards || one.gpus().stream().distinct().count() != shards) {
      return Optional.of("has %d shards on %s".formatted(shards, one.gpus()));
    }
    if (one.gpus().stream().map(GpuId::host).distinct().count() != 1) {
      return Optional.of("is on several hosts: " + one.gpus());
    }
    List<GpuKind> kinds =
        one.gpus().stream()
            .flatMap(id -> Stream.ofNullable(gpus.get(id)))
            .map(FleetGpu::kind)
            .distinct()
            .toList();
    if (kinds.size() != 1) {
      return Optional.of("is on GPUs of several kinds: " + one.gpus());
    }
    return shards > 1 && kinds.getFirst().form() == GpuKind.Form.SLICE
        ? Optional.of("is cut over slices: " + one.gpus())
        : Optional.empty();
  }
}
