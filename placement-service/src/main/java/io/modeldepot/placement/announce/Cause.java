package io.modeldepot.placement.announce;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementChange;
import io.modeldepot.events.state.PlacementChangeKind;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a proposal does to models that are placed, and why: nothing of that happens in silence.
 *
 * @param proposal that goes into force
 * @param number of the plan
 * @param now when
 */
record Cause(Proposal proposal, long number, Instant now) {
  private static final int SHORT = 7;

  /** What becomes of a model that was announced as placed; empty if it goes on as it is. */
  Optional<PlacementChange> of(ModelPlaced before) {
    if (before.state() != PlacementState.PLACED) {
      return Optional.empty();
    }
    List<Assignment> then = proposal.scenario().running().of(before.model());
    List<Assignment> after = proposal.plan().placed().of(before.model());
    Optional<Demand> demand = proposal.scenario().demand(before.model());
    Optional<CommitId> commit = demand.map(Demand::commit).filter(it -> !after.isEmpty());
    boolean another = commit.isPresent() && !commit.equals(before.commit());
    if (!after.isEmpty() && !another && asBefore(then, after)) {
      return Optional.empty();
    }
    List<GpuId> from = gpus(then);
    PlacementChangeKind what =
        after.isEmpty()
            ? PlacementChangeKind.STOPPED
            : from.equals(gpus(after)) ? PlacementChangeKind.RESTARTED : PlacementChangeKind.MOVED;
    String because =
        demand.isEmpty()
            ? "nothing is asked of it any more, or its files are gone"
            : because(demand.get(), before, then, from);
    return Optional.of(
        new PlacementChange(
            what,
            number,
            from.stream().map(GpuId::toString).toList(),
            then.stream().mapToInt(one -> one.option().ask().users()).sum(),
            because,
            now));
  }

  private static boolean asBefore(List<Assignment> then, List<Assignment> after) {
    if (then.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < then.size(); i++) {
      if (!then.get(i).sameAs(after.get(i))) {
        return false;
      }
    }
    return true;
  }

  private String because(
      Demand demand, ModelPlaced before, List<Assignment> then, List<GpuId> from) {
    List<String> lost = new ArrayList<>();
    from.forEach(id -> wrongWith(id).ifPresent(lost::add));
    if (!lost.isEmpty()) {
      return String.join(", ", lost);
    }
    if (before.commit().filter(it -> !it.equals(demand.commit())).isPresent()) {
      return "version %s takes the place of %s"
          .formatted(shortly(demand.commit()), before.commit().map(Cause::shortly).orElseThrow());
    }
    if (then.stream().anyMatch(one -> !isAskedFor(one, demand))) {
      return "something else is asked of it";
    }
    Set<ModelName> gainers = gainers(demand.model(), from);
    if (!gainers.isEmpty()) {
      return "to make room for "
          + gainers.stream().sorted().map(this::withPriority).collect(Collectors.joining(", "));
    }
    return "so that more is served";
  }

  private String withPriority(ModelName model) {
    return proposal
        .scenario()
        .demand(model)
        .map(demand -> "%s (priority %d)".formatted(model, demand.priority()))
        .orElse(model.value());
  }

  /** Others that have more on these GPUs than before. */
  private Set<ModelName> gainers(ModelName loser, List<GpuId> from) {
    Set<ModelName> gainers = new HashSet<>();
    for (Assignment one : proposal.plan().placed().all()) {
      boolean there = one.gpus().stream().anyMatch(from::contains);
      long had =
          proposal
              .scenario()
              .running()
              .find(one.replica())
              .filter(it -> it.sameGpus(one))
              .map(it -> it.perGpu().bytesPerGpu())
              .orElse(0L);
      if (there && !one.replica().model().equals(loser) && one.perGpu().bytesPerGpu() > had) {
        gainers.add(one.replica().model());
      }
    }
    return gainers;
  }

  private static boolean isAskedFor(Assignment one, Demand demand) {
    int users = one.option().ask().users();
    int context = one.option().ask().contextTokens();
    return one.replica().number() < demand.replicas()
        && users >= demand.users().least()
        && users <= demand.users().wanted()
        && context <= demand.contextTokens().wanted()
        && demand.servable().contains(one.option().ask().variant())
        && demand
            .pin()
            .map(pin -> one.gpus().stream().allMatch(it -> it.isMeantBy(pin)))
            .orElse(true);
  }

  private Optional<String> wrongWith(GpuId id) {
    Optional<FleetGpu> gpu = proposal.scenario().fleet().find(id);
    if (gpu.isEmpty()) {
      return Optional.of(id + " is gone");
    }
    return switch (gpu.get().condition()) {
      case Condition.Drained drained ->
          Optional.of("%s is drained (%s)".formatted(id, drained.reason()));
      case Condition.GivenUp gone ->
          Optional.of("%s was last heard of %s".formatted(id, gone.since()));
      case Condition.Lost lost -> Optional.empty();
      case Condition.Ready ready -> Optional.empty();
    };
  }

  private static List<GpuId> gpus(List<Assignment> assignments) {
    return assignments.stream().flatMap(one -> one.gpus().stream()).sorted().distinct().toList();
  }

  private static String shortly(CommitId commit) {
    return commit.value().substring(0, SHORT);
  }
}
