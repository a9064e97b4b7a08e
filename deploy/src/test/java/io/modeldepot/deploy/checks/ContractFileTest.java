package io.modeldepot.deploy.checks;

import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.facts.Contract;
import io.modeldepot.deploy.rendering.Chart;
import org.junit.jupiter.api.Test;

class ContractFileTest {
  @Test
  void whatTheTemplatesKnowIsWhatTheCodeSays() {
    Checkout.check(Chart.FOLDER + "/files/contract.yaml", Contract.text());
  }
}
