package io.modeldepot.placement.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedEvents;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.site.DemandReading;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WhatIfRequestTest {
  private static final Scenario SEED =
      new Scenario(SeedFleet.both(), SeedModel.demands(), Assignments.NONE);

  private static final Wishes FILES_ARE_HERE =
      (model, wish) ->
          Arrays.stream(SeedModel.values())
              .filter(it -> it.model().equals(model))
              .findFirst()
              .flatMap(
                  it ->
                      DemandReading.of(
                          SeedEvents.described(it, 1, Optional.empty()),
                          wish,
                          List.of(SeedEvents.verified(it))));

  @Test
  void modelsToBeApartFromArePartOfTheQuestion() throws Exception {
    Scenario asked =
        read("""
                {"demands":{"phi-2":{"users":2,"contextTokens":512,"antiAffinity":["mistral-7b"]}}}
                """)
            .applyTo(SEED, FILES_ARE_HERE);

    assertThat(asked.demand(SeedModel.PHI_2.model()).orElseThrow().apartFrom())
        .containsExactly(SeedModel.MISTRAL_7B.model());
  }

  @Test
  void whatNothingIsAskedOfCanBeAskedFor() throws Exception {
    Scenario asked =
        read("{\"demands\":{\"phi-2\":{\"users\":2,\"contextTokens\":512}}}")
            .applyTo(SEED.without(SeedModel.PHI_2.model()), FILES_ARE_HERE);

    assertThat(asked.demand(SeedModel.PHI_2.model()).orElseThrow().users())
        .isEqualTo(new Range(2, 2));
  }

  @Test
  void aQuestionIsReadAsTheCatalogWouldBe() throws Exception {
    String wish =
        "{\"users\":2000000000,\"contextTokens\":2000000000,\"replicas\":5000,\"priority\":99}";
    Demand asked =
        read("{\"demands\":{\"phi-2\":%s}}".formatted(wish))
            .applyTo(SEED, FILES_ARE_HERE)
            .demand(SeedModel.PHI_2.model())
            .orElseThrow();

    ModelDescribed entry =
        SeedEvents.described(
            SeedModel.PHI_2,
            1,
            Optional.of(Wire.read(wish.getBytes(StandardCharsets.UTF_8), PlacementDemand.class)));
    assertThat(DemandReading.of(entry, List.of(SeedEvents.verified(SeedModel.PHI_2))))
        .contains(new DemandReading.Asked(asked));
  }

  @Test
  void whatIsNotSaidIsNotAsked() throws Exception {
    Demand pinned =
        SeedModel.PHI_2.demand().pinnedTo("gpu-host/1").apart(Set.of(SeedModel.QWEN_7B.model()));

    Demand asked =
        read("{\"demands\":{\"phi-2\":{\"users\":2,\"contextTokens\":512}}}")
            .applyTo(SEED.asking(pinned), FILES_ARE_HERE)
            .demand(SeedModel.PHI_2.model())
            .orElseThrow();

    assertThat(asked.pin()).isEmpty();
    assertThat(asked.apartFrom()).isEmpty();
  }

  @Test
  void withoutFilesOrWhatTheySayThereIsNoPlan() {
    assertThatThrownBy(
            () ->
                read("{\"demands\":{\"phi-2\":{\"users\":2,\"contextTokens\":512}}}")
                    .applyTo(SEED, (model, demand) -> Optional.empty()))
        .isInstanceOf(PlacementProblem.class)
        .hasMessage("No verified files of phi-2 can be planned with.");
    assertThatThrownBy(
            () ->
                read("{\"demands\":{\"phi-2\":{\"users\":2,\"contextTokens\":512}}}")
                    .applyTo(
                        SEED,
                        (model, demand) ->
                            Optional.of(new DemandReading.Unplannable(model, "No layers."))))
        .hasMessage("phi-2 cannot be planned with. No layers.");
  }

  private static WhatIfRequest read(String json) throws Exception {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), WhatIfRequest.class);
  }
}
