package io.modeldepot.registry.leases;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class LeasesTest {
  private static final String COMMIT = Given.commit('e');

  @Test
  void aLeaseIsHeardOfBeforeItIsGivenAndUntilItIsEnded() {
    String model = present();

    String id =
        post(model, "{\"holder\":\"chat\",\"ttlSeconds\":600}")
            .then()
            .statusCode(201)
            .body("commit", equalTo(COMMIT))
            .body("location", equalTo("default"))
            .extract()
            .path("id");
    assertThat(heard(model, 1)).singleElement().asString().contains("\"kind\":\"lease\"");
    String until =
        given()
            .contentType("application/json")
            .body("{\"ttlSeconds\":1200}")
            .put("/api/v1/models/" + model + "/leases/" + id)
            .then()
            .statusCode(200)
            .extract()
            .path("until");
    assertThat(Instant.parse(until)).isAfter(Instant.now().plusSeconds(1100));
    given().get("/api/v1/models/" + model + "/leases").then().body("items", hasSize(1));
    given().delete("/api/v1/models/" + model + "/leases/" + id).then().statusCode(204);
    given().delete("/api/v1/models/" + model + "/leases/" + id).then().statusCode(404);

    List<String> all = heard(model, 3);
    assertThat(all.getLast())
        .as("it ends when it is ended")
        .contains("\"until\":\"" + Instant.now().toString().substring(0, 10));
    given()
        .get("/api/v1/audit?object=model/" + model + "@" + COMMIT)
        .then()
        .body("items[0].action", equalTo("model.released"));
  }

  @Test
  void whatIsNotThereCannotBeHeldAndNobodyHoldsWithoutAName() {
    String model = present();

    post(Given.name("absent"), "{\"holder\":\"chat\",\"ttlSeconds\":600}")
        .then()
        .statusCode(409)
        .body("code", equalTo("not-present"));
    post(model, "{\"ttlSeconds\":600}").then().statusCode(422).body("code", equalTo("invalid"));
    post(model, "{\"holder\":\"chat\",\"ttlSeconds\":0}")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/ttlSeconds"));
  }

  @Test
  void whatTheJanitorsGoByCanBeSetAndMistakesAreRefused() {
    given()
        .contentType("application/json")
        .body("{\"trashSeconds\":7200,\"watermarks\":{\"high\":0.9,\"low\":0.8}}")
        .put("/api/v1/site/retention")
        .then()
        .statusCode(200)
        .body("value.trashSeconds", equalTo(7200));
    given()
        .contentType("application/json")
        .body("{\"trashSeconds\":5,\"watermarks\":{\"high\":0.5,\"low\":0.8}}")
        .put("/api/v1/site/retention")
        .then()
        .statusCode(422)
        .body("errors", hasSize(2));
    given()
        .contentType("application/json")
        .body("{\"cron\":\"0 3 * * *\",\"command\":{\"scope\":\"cache\"}}")
        .put("/api/v1/site/schedule/nightly")
        .then()
        .statusCode(200);
    given()
        .contentType("application/json")
        .body("{\"cron\":\"every night\",\"command\":{\"scope\":\"model\"}}")
        .put("/api/v1/site/schedule/nightly")
        .then()
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of("/cron", "/command/model")));
    given()
        .contentType("application/json")
        .body("{\"bytes\":1000000}")
        .put("/api/v1/site/quota/llama")
        .then()
        .statusCode(200);
  }

  private static String present() {
    String model = Given.name("held");
    ModelVerified said = Given.verified(model, COMMIT, 1, COMMIT, VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    long end = System.nanoTime() + 20_000_000_000L;
    while (given().get("/api/v1/models/" + model + "/path").statusCode() != 200) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not shown within 20 s: " + model);
      }
      LockSupport.parkNanos(20_000_000);
    }
    return model;
  }

  private static io.restassured.response.Response post(String model, String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/models/" + model + "/leases");
  }

  private static List<String> heard(String model, int atLeast) {
    return Topic.records(
            Topics.MODEL_USED, atLeast, record -> record.key().startsWith("default/" + model + "/"))
        .stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }
}
