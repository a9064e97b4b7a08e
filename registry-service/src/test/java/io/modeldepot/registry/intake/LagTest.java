package io.modeldepot.registry.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // injected
class LagTest {
  @Inject Lag lag;

  @Test
  void howFarBehindTheRegistryIsIsInTheMetricsByTopicAndInWhatItSaysOfItself() {
    Eventually.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/status")
                    .then()
                    .body(
                        "services.find { it.service == 'registry' }.lagRecords",
                        greaterThanOrEqualTo(0)));
    given()
        .get("/q/metrics")
        .then()
        .body(
            containsString(
                "modeldepot_consumer_lag_records{service=\"registry\",topic=\"model-verified\"}"))
        .body(containsString("topic=\"download-requested\"}"));
    Eventually.await().untilAsserted(() -> assertThat(lag.records()).isZero());
  }
}
