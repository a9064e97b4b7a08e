package io.modeldepot.placement.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.wire.Wire;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WhatIfRequestTest {
  private static final Scenario SEED =
      new Scenario(SeedFleet.both(), SeedModel.demands(), Assignments.NONE);

  @Test
  void modelsToBeApartFromArePartOfTheQuestion() throws Exception {
    Scenario asked =
        read("""
                {"demands":{"phi-2":{"users":2,"contextTokens":512,"antiAffinity":["mistral-7b"]}}}
                """)
            .applyTo(SEED);

    assertThat(asked.demand(SeedModel.PHI_2.model()).orElseThrow().apartFrom())
        .containsExactly(SeedModel.MISTRAL_7B.model());
  }

  private static WhatIfRequest read(String json) throws Exception {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), WhatIfRequest.class);
  }
}
