package io.modeldepot.placement.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedEvents;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandReadingTest {
  private static final CommitId OTHER = CommitId.of("ef382358ef382358ef382358ef382358ef382358");
  private static final LocationName HERE = LocationName.of("default");
  private static final LocationName THERE = LocationName.of("there");

  @Test
  void theCatalogsWishAndTheVerifiedVersionMakeADemand() {
    Demand demand =
        asked(SeedEvents.described(SeedModel.PHI_2, 1), SeedEvents.verified(SeedModel.PHI_2));

    assertThat(demand).isEqualTo(SeedModel.PHI_2.demand());
  }

  @Test
  void withoutAWishOrFilesThereIsNone() {
    assertThat(
            DemandReading.of(
                SeedEvents.described(SeedModel.PHI_2, 1, Optional.empty()),
                List.of(SeedEvents.verified(SeedModel.PHI_2))))
        .isEmpty();
    assertThat(
            DemandReading.of(
                SeedEvents.described(SeedModel.PHI_2, 1),
                List.of(
                    SeedEvents.verified(
                        SeedModel.PHI_2, HERE, OTHER, VersionState.REMOVED, OTHER.value()))))
        .isEmpty();
  }

  @Test
  void whereLocationsDifferTheVersionThatMostHaveIsServedWhereItIs() {
    Demand demand =
        asked(
            SeedEvents.described(SeedModel.PHI_2, 1),
            SeedEvents.verified(SeedModel.PHI_2, HERE, OTHER, VersionState.PRESENT, OTHER.value()),
            SeedEvents.verified(SeedModel.PHI_2, THERE, OTHER, VersionState.PRESENT, OTHER.value()),
            SeedEvents.verified(
                SeedModel.PHI_2,
                LocationName.of("third"),
                SeedEvents.COMMIT,
                VersionState.PRESENT,
                SeedEvents.COMMIT.value()));

    assertThat(demand.commit()).isEqualTo(OTHER);
    assertThat(demand.locations()).containsExactlyInAnyOrder(HERE, THERE);
  }

  @Test
  void aDamagedVersionIsServedWhereItIsWholeAndElseWhereItIs() {
    var wish = SeedEvents.described(SeedModel.PHI_2, 1);
    var damaged =
        SeedEvents.verified(SeedModel.PHI_2, HERE, OTHER, VersionState.DAMAGED, OTHER.value());
    var whole =
        SeedEvents.verified(SeedModel.PHI_2, THERE, OTHER, VersionState.PRESENT, OTHER.value());

    assertThat(asked(wish, damaged, whole).locations()).containsExactly(THERE);
    assertThat(asked(wish, damaged).locations()).containsExactly(HERE);
  }

  @Test
  void aContextBeyondTheModelsIsTheModels() {
    var wish = SeedEvents.demand(SeedModel.LLAMA2_7B);
    var long16 =
        new io.modeldepot.events.state.PlacementDemand(
            wish.users(),
            wish.minUsers(),
            16_384,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    Demand demand =
        asked(
            SeedEvents.described(SeedModel.LLAMA2_7B, 1, Optional.of(long16)),
            SeedEvents.verified(SeedModel.LLAMA2_7B));

    assertThat(demand.contextTokens()).isEqualTo(Range.exactly(4096));
  }

  @Test
  void whatWasAnnouncedIsReadBackAsItWasDecided() {
    Scenario scenario = new Scenario(SeedFleet.both(), SeedModel.demands(), Assignments.NONE);
    Proposal proposal = new Planner(() -> Effort.steps(300, 50_000)).propose(scenario);

    List<ModelPlaced> announced =
        new Decisions("/opt/ai-models").changed(proposal, Map.of(), Map.of(), 1, Instant.EPOCH);
    Assignments read = RunningReading.of(announced, placed -> scenario.demand(placed.model()));

    assertThat(announced).hasSize(7);
    assertThat(read.all()).hasSameSizeAs(proposal.plan().placed().all());
    read.all()
        .forEach(
            one ->
                assertThat(proposal.plan().placed().find(one.replica()).orElseThrow().sameAs(one))
                    .isTrue());
    assertThat(
            new Decisions("/opt/ai-models")
                .changed(
                    proposal,
                    Map.of(),
                    announced.stream()
                        .collect(
                            java.util.stream.Collectors.toMap(it -> it.model().value(), it -> it)),
                    2,
                    Instant.MAX))
        .as("the same again is no difference")
        .isEmpty();
  }

  private static Demand asked(
      io.modeldepot.events.state.ModelDescribed entry,
      io.modeldepot.events.state.ModelVerified... versions) {
    return ((DemandReading.Asked) DemandReading.of(entry, List.of(versions)).orElseThrow())
        .demand();
  }
}
