package io.modeldepot.placement.rest;

import io.modeldepot.placement.explain.Change;
import io.modeldepot.placement.explain.Reason;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.whatif.Difference;
import io.modeldepot.placement.whatif.Proposal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan that is not in force.
 *
 * @param gpus the GPUs as they would be with it, to scale
 */
public record ProposalView(
    long plan, double gapToBound, List<Step> differences, List<Model> models, List<GpuView> gpus) {

  /** What becomes of a replica. */
  public record Step(
      String replica,
      String what,
      List<String> from,
      List<String> to,
      int usersBefore,
      int users) {}

  /** What becomes of a model, and why. */
  public record Model(
      String model,
      boolean placed,
      List<String> gpus,
      Optional<Integer> users,
      String reason,
      List<String> changesThatWouldFit) {}

  static ProposalView of(long number, Proposal proposal) {
    return new ProposalView(
        number,
        proposal.plan().gapToBound(),
        proposal.differences().stream().map(ProposalView::step).toList(),
        proposal.scenario().demands().stream()
            .map(
                demand -> {
                  Reason why = Objects.requireNonNull(proposal.reasons().get(demand.model()));
                  List<Assignment> placed = proposal.plan().placed().of(demand.model());
                  return new Model(
                      demand.model().value(),
                      !placed.isEmpty(),
                      placed.stream().flatMap(one -> gpus(one).stream()).toList(),
                      placed.isEmpty()
                          ? Optional.empty()
                          : Optional.of(
                              placed.stream().mapToInt(one -> one.option().ask().users()).sum()),
                      why.sentence(),
                      why.changes().stream().map(Change::say).toList());
                })
            .toList(),
        GpuView.of(proposal.scenario().fleet(), proposal.plan().placed()));
  }

  private static Step step(Difference difference) {
    String replica = difference.replica().toString();
    return switch (difference) {
      case Difference.Started it ->
          new Step(replica, "starts", List.of(), gpus(it.to()), 0, users(it.to()));
      case Difference.Stopped it ->
          new Step(replica, "stops", gpus(it.from()), List.of(), users(it.from()), 0);
      case Difference.Moved it ->
          new Step(
              replica, "moves", gpus(it.from()), gpus(it.to()), users(it.from()), users(it.to()));
      case Difference.Restarted it ->
          new Step(
              replica,
              "restarts",
              gpus(it.from()),
              gpus(it.to()),
              users(it.from()),
              users(it.to()));
    };
  }

  private static List<String> gpus(Assignment one) {
    return one.gpus().stream().map(Object::toString).toList();
  }

  private static int users(Assignment one) {
    return one.option().ask().users();
  }
}
