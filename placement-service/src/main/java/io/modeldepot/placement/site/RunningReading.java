package io.modeldepot.placement.site;

import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.Replica;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What was announced, as assignments again. */
public final class RunningReading {
  private RunningReading() {}

  /**
   * Every replica that was announced as placed.
   *
   * @param demandOf what is asked for now; what is not asked for is worth nothing
   */
  public static Assignments of(
      Collection<ModelPlaced> announced, Function<ModelPlaced, Optional<Demand>> demandOf) {
    List<Assignment> all = new ArrayList<>();
    for (ModelPlaced model : announced) {
      Optional<Demand> demand = demandOf.apply(model);
      for (int number = 0; number < model.replicas().size(); number++) {
        Replica replica = model.replicas().get(number);
        assignment(new ReplicaId(model.model(), number), replica, demand).ifPresent(all::add);
      }
    }
    return new Assignments(all);
  }

  private static Optional<Assignment> assignment(
      ReplicaId id, Replica replica, Optional<Demand> demand) {
    Optional<Variant> variant =
        replica.quantization().or(() -> Optional.of(replica.dtype())).flatMap(Variant::named);
    if (variant.isEmpty() || replica.gpus().isEmpty() || replica.users() < 1) {
      return Optional.empty();
    }
    Ask ask =
        new Ask(variant.get(), replica.users(), replica.contextTokens(), replica.tensorParallel());
    GpuShare share = replica.gpus().getFirst();
    Breakdown breakdown =
        new Breakdown(
            ask,
            share.weightsBytes(),
            share.kvBytes(),
            share.overheadBytes(),
            replica.engine().name(),
            List.of());
    return Optional.of(
        new Assignment(
            id,
            new Option(ask, demand.map(it -> Options.value(it, ask)).orElse(0L)),
            replica.gpus().stream().map(gpu -> new GpuId(replica.host(), gpu.id())).toList(),
            breakdown));
  }
}
