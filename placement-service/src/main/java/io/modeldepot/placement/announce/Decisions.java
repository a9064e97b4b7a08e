package io.modeldepot.placement.announce;

import io.modeldepot.events.state.Engine;
import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementChange;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.engine.Launch;
import io.modeldepot.placement.engine.Triton;
import io.modeldepot.placement.engine.Vllm;
import io.modeldepot.placement.explain.Change;
import io.modeldepot.placement.explain.Reason;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns a proposal into records.
 *
 * @param modelsDir where engines have the volume
 */
public record Decisions(String modelsDir) {

  /**
   * The records that differ from what was announced, by model.
   *
   * @param announced what was, by model
   * @param others models that cannot be planned with, with the cause
   * @param number of the plan
   */
  public List<ModelPlaced> changed(
      Proposal proposal,
      Map<ModelName, String> others,
      Map<String, ModelPlaced> announced,
      long number,
      Instant now) {
    Map<String, ModelPlaced> all = new TreeMap<>();
    for (Demand demand : proposal.scenario().demands()) {
      all.put(demand.model().value(), decision(demand, proposal, number, now));
    }
    others.forEach(
        (model, why) ->
            all.put(
                model.value(),
                nowhere(model, PlacementObstacle.UNREADABLE, "Not placed: " + why, number, now)));
    announced.forEach(
        (model, before) -> {
          if (!before.obstacle().equals(Optional.of(PlacementObstacle.NOT_ASKED))) {
            all.computeIfAbsent(
                model,
                key ->
                    nowhere(
                        before.model(),
                        PlacementObstacle.NOT_ASKED,
                        "Not placed: nothing is asked of it, or its files are gone.",
                        number,
                        now));
          }
        });
    Cause cause = new Cause(proposal, number, now);
    List<ModelPlaced> changed = new ArrayList<>();
    all.forEach(
        (model, decided) -> {
          ModelPlaced before = announced.get(model);
          if (before == null) {
            changed.add(decided);
          } else if (!same(before, decided)) {
            changed.add(with(cause.of(before).or(() -> lastChange(before)), decided));
          }
        });
    return changed;
  }

  /** What is asked for anew begins anew: that nothing was asked of it once is no news then. */
  private static Optional<PlacementChange> lastChange(ModelPlaced before) {
    return before.obstacle().equals(Optional.of(PlacementObstacle.NOT_ASKED))
        ? Optional.empty()
        : before.change();
  }

  private ModelPlaced decision(Demand demand, Proposal proposal, long number, Instant now) {
    Reason reason = Objects.requireNonNull(proposal.reasons().get(demand.model()));
    List<Assignment> placed = proposal.plan().placed().of(demand.model());
    boolean runs = !placed.isEmpty();
    return new ModelPlaced(
        demand.model(),
        number,
        runs ? PlacementState.PLACED : PlacementState.UNPLACED,
        number,
        runs ? Optional.of(demand.commit()) : Optional.empty(),
        runs ? Optional.of(demand.path()) : Optional.empty(),
        placed.stream().map(one -> replica(demand, one, proposal)).toList(),
        Optional.of(proposal.plan().gapToBound()),
        reason.sentence(),
        reason.obstacle(),
        reason.changes().stream().map(Change::say).toList(),
        Optional.empty(),
        now);
  }

  private Replica replica(Demand demand, Assignment one, Proposal proposal) {
    FleetGpu first = proposal.scenario().fleet().find(one.gpus().getFirst()).orElseThrow();
    Launch launch = Launch.of(demand, one, first.kind(), modelsDir);
    Variant variant = one.option().ask().variant();
    return new Replica(
        first.location(),
        first.id().host(),
        one.gpus().stream()
            .map(
                gpu ->
                    new GpuShare(
                        gpu.id(),
                        one.perGpu().weightsBytes(),
                        one.perGpu().kvBytes(),
                        one.perGpu().overheadBytes()))
            .toList(),
        one.option().ask().users(),
        one.option().ask().contextTokens(),
        variant.quantised() ? demand.shape().stored().label() : variant.label(),
        variant.quantised() ? Optional.of(variant.label()) : Optional.empty(),
        one.option().ask().tensorParallel(),
        new Engine("vllm", Vllm.environment(launch), Vllm.arguments(launch), Triton.files(launch)));
  }

  private static ModelPlaced nowhere(
      ModelName model, PlacementObstacle obstacle, String why, long number, Instant now) {
    return new ModelPlaced(
        model,
        number,
        PlacementState.UNPLACED,
        number,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        why,
        Optional.of(obstacle),
        List.of(),
        Optional.empty(),
        now);
  }

  private static ModelPlaced with(Optional<PlacementChange> change, ModelPlaced decided) {
    return new ModelPlaced(
        decided.model(),
        decided.plan(),
        decided.state(),
        decided.generation(),
        decided.commit(),
        decided.path(),
        decided.replicas(),
        decided.gapToBound(),
        decided.reason(),
        decided.obstacle(),
        decided.changesThatWouldFit(),
        change,
        decided.decidedAt());
  }

  /** Which plan it was, when, and how good the whole is, is no difference. */
  private static boolean same(ModelPlaced one, ModelPlaced other) {
    return one.state() == other.state()
        && one.commit().equals(other.commit())
        && one.path().equals(other.path())
        && one.replicas().equals(other.replicas())
        && one.reason().equals(other.reason())
        && one.obstacle().equals(other.obstacle())
        && one.changesThatWouldFit().equals(other.changesThatWouldFit());
  }
}
