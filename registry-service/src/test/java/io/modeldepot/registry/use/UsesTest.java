package io.modeldepot.registry.use;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class UsesTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusMillis(5);

  @Inject Uses uses;

  @Test
  void theLastUseIsShownAndWhatWasAnsweredBeforeIsNotGivenAnyMore() {
    String model = Given.name("used");
    Given.entry(model);
    given().get("/api/v1/models/" + model).then().body("lastUsedAt", nullValue());
    String before = given().get("/api/v1/models/" + model).header("ETag");

    used(model, UseKind.READ, NOW.minus(Duration.ofDays(3)));
    shows(model, NOW.minus(Duration.ofDays(3)));
    used(model, UseKind.LEASE, NOW);
    shows(model, NOW);

    given()
        .header("If-None-Match", before)
        .get("/api/v1/models/" + model)
        .then()
        .statusCode(200)
        .header("ETag", not(equalTo(before)));
  }

  @Test
  void whatIsOlderOrOfTheSameMinuteChangesNothing() {
    String model = Given.name("used");

    assertThat(taken(model, NOW)).isTrue();
    assertThat(taken(model, NOW)).as("the same again").isFalse();
    assertThat(taken(model, NOW.minus(Duration.ofDays(1)))).as("older").isFalse();
    assertThat(taken(model, NOW.plusSeconds(59))).as("of the same minute").isFalse();
    assertThat(taken(model, NOW.plusSeconds(60))).isTrue();
  }

  @Test
  void theListIsFilteredAndSortedByIt() {
    String unused = Given.name("use");
    String old = unused + "-old";
    String fresh = unused + "-fresh";
    for (String model : new String[] {unused, old, fresh}) {
      Given.entry(model);
    }
    used(old, UseKind.READ, NOW.minus(Duration.ofDays(60)));
    used(fresh, UseKind.READ, NOW);
    shows(old, NOW.minus(Duration.ofDays(60)));
    shows(fresh, NOW);

    list(unused, "lastUsed<30d").body("items.model", contains(fresh));
    list(unused, "lastUsed>30d").body("items.model", contains(unused, old));
    given()
        .queryParam("filter", "name~" + unused)
        .queryParam("sort", "lastUsed:desc")
        .get("/api/v1/models")
        .then()
        .body("items.model", contains(fresh, old, unused));
    list(unused + "-none", "lastUsed<30d").body("items", empty());
  }

  private static ValidatableResponse list(String name, String filter) {
    return given()
        .queryParam("filter", "name~" + name, filter)
        .get("/api/v1/models")
        .then()
        .statusCode(200);
  }

  private static void shows(String model, Instant at) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/models/" + model)
                    .then()
                    .body("lastUsedAt", equalTo(at.toString())));
  }

  private static void used(String model, UseKind kind, Instant at) {
    Topic.publish(Topics.MODEL_USED, "default/" + model + "/somebody", use(model, kind, at));
  }

  private boolean taken(String model, Instant at) {
    return QuarkusTransaction.requiringNew().call(() -> uses.take(use(model, UseKind.READ, at)));
  }

  private static ModelUsed use(String model, UseKind kind, Instant at) {
    return new ModelUsed(
        LocationName.of("default"),
        ModelName.of(model),
        CommitId.of(Given.commit('a')),
        "somebody",
        kind,
        Optional.empty(),
        at);
  }
}
