package io.modeldepot.placement.site;

import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.events.state.ProposedReplica;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Option;
import io.modeldepot.placement.demand.Options;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.plan.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A proposal, as records and as assignments again. */
public final class ProposedReading {
  private ProposedReading() {}

  /** What runs where, as records. */
  public static List<ProposedReplica> replicas(Assignments placed) {
    return placed.all().stream().map(ProposedReading::replica).toList();
  }

  /**
   * What runs where, with the bytes that it takes by what is known here; empty if the scenario is
   * not the one that it was made for.
   */
  public static Optional<Assignments> of(PlanProposed proposal, Scenario scenario) {
    if (!proposal.site().equals(scenario.fingerprint())) {
      return Optional.empty();
    }
    try {
      return assignments(proposal, scenario);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no plan of ours: a replica twice, a GPU without a name
    }
  }

  private static Optional<Assignments> assignments(PlanProposed proposal, Scenario scenario) {
    List<Assignment> all = new ArrayList<>();
    for (ProposedReplica replica : proposal.replicas()) {
      Optional<Assignment> one = assignment(replica, scenario);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    return Optional.of(new Assignments(all));
  }

  private static ProposedReplica replica(Assignment one) {
    Ask ask = one.option().ask();
    return new ProposedReplica(
        one.replica().model(),
        one.replica().number(),
        one.gpus().getFirst().host(),
        one.gpus().stream().map(GpuId::id).toList(),
        ask.variant().label(),
        ask.users(),
        ask.contextTokens());
  }

  private static Optional<Assignment> assignment(ProposedReplica replica, Scenario scenario) {
    List<GpuId> gpus = replica.gpus().stream().map(gpu -> new GpuId(replica.host(), gpu)).toList();
    Optional<Demand> demand = scenario.demand(replica.model());
    Optional<Variant> variant = Variant.named(replica.variant());
    Optional<FleetGpu> first = gpus.stream().findFirst().flatMap(scenario.fleet()::find);
    if (demand.isEmpty() || variant.isEmpty() || first.isEmpty() || replica.users() < 1) {
      return Optional.empty();
    }
    Ask ask =
        new Ask(variant.get(), replica.users(), Math.max(1, replica.contextTokens()), gpus.size());
    Assignment planned =
        new Assignment(
            new ReplicaId(replica.model(), replica.number()),
            new Option(ask, Options.value(demand.get(), ask)),
            gpus,
            demand.get().memoryOn(first.get().kind()).breakdown(ask));
    return Optional.of(
        scenario.running().find(planned.replica()).filter(planned::sameAs).orElse(planned));
  }
}
