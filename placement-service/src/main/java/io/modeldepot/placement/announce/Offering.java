package io.modeldepot.placement.announce;

import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.placement.site.Proposals;
import io.modeldepot.placement.site.ProposedReading;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells every planner of a plan that waits to be applied. Safe for threads. */
public final class Offering {
  private static final Duration FOR_THE_BROKER = Duration.ofSeconds(10);

  private final Announcer announcer;
  private final ServiceIdentity identity;
  private final Clock clock;

  public Offering(Announcer announcer, ServiceIdentity identity, Clock clock) {
    this.announcer = announcer;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Announces a proposal under a number of its own, and returns once the broker has it.
   *
   * @param known the proposals that are known here; this one is among them afterwards
   * @param above numbers up to this are taken
   * @throws ExecutionException if the broker does not take it; then nobody can apply it
   */
  public long offer(Proposal proposal, Proposals known, long above)
      throws ExecutionException, InterruptedException {
    PlanProposed offered =
        new PlanProposed(
            known.next(above),
            identity.instance(),
            proposal.scenario().fingerprint(),
            ProposedReading.replicas(proposal.plan().placed()),
            proposal.plan().bound(),
            clock.instant());
    try {
      announcer
          .announce(Topics.PLAN_PROPOSED, offered.key(), offered)
          .get(FOR_THE_BROKER.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException("The broker does not acknowledge the proposal.", e);
    }
    known.keep(offered);
    return offered.plan();
  }
}
