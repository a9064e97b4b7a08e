package io.modeldepot.placement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.events.state.ProposedReplica;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.site.Proposals;
import io.modeldepot.placement.site.ProposedReading;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ApplicableTest {
  private static final Scenario SITE =
      new Scenario(SeedFleet.both(), List.of(SeedModel.PHI_2.demand()), Assignments.NONE);
  private static final Proposal PROPOSAL =
      new Planner(() -> Effort.steps(100, 10_000)).propose(SITE);

  private final Proposals known = new Proposals();

  @Test
  void whatWasProposedComesBackAsItWas() {
    known.keep(proposed("placement-1", PROPOSAL.plan().bound()));

    assertThat(Applicable.of(7, known, SITE))
        .isInstanceOfSatisfying(
            Applicable.Yes.class,
            yes -> {
              assertThat(yes.proposal().plan()).isEqualTo(PROPOSAL.plan());
              assertThat(yes.proposal().differences()).isEqualTo(PROPOSAL.differences());
            });
  }

  @Test
  void aNumberThatNobodyHasHeardOfIsRefused() {
    refused(SITE, "Plan 7 is not known");
  }

  @Test
  void aNumberThatTwoPlannersGaveIsRefused() {
    known.keep(proposed("placement-1", PROPOSAL.plan().bound()));
    known.keep(proposed("placement-2", PROPOSAL.plan().bound()));

    refused(SITE, "Two planners gave the number 7");
  }

  @Test
  void whatWasMadeForAnotherSiteIsRefused() {
    known.keep(proposed("placement-1", PROPOSAL.plan().bound()));

    refused(
        SITE.on(
            SITE.fleet()
                .with(
                    SeedFleet.SMALL,
                    gpu -> gpu.in(new Condition.Drained(Optional.empty(), "new fan")))),
        "Plan 7 is stale: the site has changed");
  }

  @Test
  void whatBreaksARuleIsRefused() {
    known.keep(
        new PlanProposed(
            7,
            "placement-1",
            SITE.fingerprint(),
            List.of(
                new ProposedReplica(
                    SeedModel.PHI_2.model(), 0, "gpu-host", List.of("0"), "fp16", 4000, 2048)),
            Long.MAX_VALUE,
            Instant.EPOCH));

    refused(SITE, "would break a rule");
  }

  @Test
  void whatWasMeasuredMakesNoDifference() {
    known.keep(proposed("placement-1", PROPOSAL.plan().bound()));
    Scenario measured =
        SITE.on(
            SITE.fleet()
                .with(
                    SeedFleet.SMALL,
                    gpu ->
                        new FleetGpu(
                            gpu.location(),
                            gpu.id(),
                            gpu.kind(),
                            gpu.usableBytes(),
                            gpu.reservation(),
                            OptionalLong.of(5),
                            gpu.condition())));

    assertThat(Applicable.of(7, known, measured)).isInstanceOf(Applicable.Yes.class);
  }

  private void refused(Scenario site, String why) {
    assertThat(Applicable.of(7, known, site))
        .isInstanceOfSatisfying(Applicable.No.class, no -> assertThat(no.why()).contains(why));
  }

  private static PlanProposed proposed(String instance, long bound) {
    return new PlanProposed(
        7,
        instance,
        SITE.fingerprint(),
        ProposedReading.replicas(PROPOSAL.plan().placed()),
        bound,
        Instant.EPOCH);
  }
}
