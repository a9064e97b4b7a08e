package io.modeldepot.registry.compare;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class CompareTest {
  private static final String A = Given.commit('a');
  private static final String B = Given.commit('b');

  @Test
  void twoVersionsHereAreComparedInWords() {
    String model = Given.name("compared");
    Given.entry(model);
    say(model, A, 1, A, "{\"temperature\":\"1\"}");
    say(model, B, 2, B, "{\"temperature\":\"0.7\"}");

    eventually(
        () ->
            given()
                .get("/api/v1/models/" + model + "/compare?from=aaaa&to=current&raw=true")
                .then()
                .statusCode(200)
                .body("from.commit", equalTo(A))
                .body("to.commit", equalTo(B))
                .body("same", equalTo(false))
                .body("headline", startsWith("Behaviour changes"))
                .body("verdict", containsString("temperature 1 → 0.7"))
                .body("raw", hasItem("+temperature: 0.7")));
  }

  @Test
  void theCurrentVersionIsComparedWithWhatAPlanSawUpstream() {
    String model = Given.name("behind");
    Given.entry(model);
    say(model, B, 1, B, "{\"temperature\":\"1\"}");
    String id =
        given()
            .contentType("application/json")
            .body("{\"model\":\"" + model + "\",\"revision\":\"main\",\"plan\":true}")
            .post("/api/v1/downloads")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    ObjectNode planned =
        Wire.mapper().valueToTree(Given.progress(id, model, 3, DownloadState.PLANNED, 0));
    ObjectNode plan = planned.putObject("plan");
    plan.put("fetchBytes", 1_400_000).put("reusedBytes", 0).put("freeAfterBytes", 1);
    plan.putArray("files");
    plan.set("reading", reading("{\"temperature\":\"0.5\"}"));
    Topic.publish(Topics.DOWNLOAD_PROGRESSED, id, planned);

    eventually(
        () ->
            given()
                .get("/api/v1/models/" + model + "/compare")
                .then()
                .statusCode(200)
                .body("to.asked", equalTo("upstream"))
                .body("to.commit", equalTo(A))
                .body("fetchBytes", equalTo(1_400_000))
                .body("verdict", containsString("temperature 1 → 0.5")));
  }

  @Test
  void whatNobodyLookedAtYetIsSaidSo() {
    String model = Given.name("unseen");
    Given.entry(model);
    say(model, A, 1, A, "{}");

    eventually(
        () ->
            given()
                .get("/api/v1/models/" + model + "/compare")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-version"))
                .body("detail", containsString("not known yet")));
  }

  private static void say(
      String model, String commit, long generation, String current, String defaults) {
    ModelVerified said = Given.verified(model, commit, generation, current, VersionState.PRESENT);
    ObjectNode record = Wire.mapper().valueToTree(said);
    record.set("reading", reading(defaults));
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), record);
  }

  private static ObjectNode reading(String defaults) {
    ObjectNode reading = Wire.mapper().createObjectNode().put("format", 1);
    try {
      reading.set("generation", Wire.mapper().readTree(defaults));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
    return reading;
  }

  private static void eventually(Runnable holds) {
    Eventually.await().untilAsserted(holds::run);
  }
}
