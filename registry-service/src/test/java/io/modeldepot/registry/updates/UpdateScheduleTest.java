package io.modeldepot.registry.updates;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class UpdateScheduleTest {
  private static final String HERE = Given.commit('b');

  @Test
  void aModelThatFollowsIsLookedAtOnceAndThenFetched() {
    String model = here("follows", "follow", null);
    String look = lookedAt(model);

    planned(look, model);

    Eventually.await().untilAsserted(() -> assertThat(requests(model, false)).hasSize(1));
    assertThat(requests(model, true)).hasSize(1);
  }

  @Test
  void aModelThatWaitsForApprovalOrIsPinnedIsLookedAtAndStays() {
    String waits = here("waits", "approve", null);
    String pinned = here("pinned", "follow", HERE);
    planned(lookedAt(waits), waits);
    planned(lookedAt(pinned), pinned);
    String after = here("follows-after", "follow", null);
    planned(lookedAt(after), after);

    // One thread looks at all in order of their names; once this one is fetched, one more look
    // at the others has begun with their plans known.
    Eventually.await().untilAsserted(() -> assertThat(requests(after, false)).hasSize(1));

    assertThat(requests(waits, false)).isEmpty();
    assertThat(requests(pinned, false)).isEmpty();
    given()
        .get("/api/v1/models/" + waits)
        .then()
        .body("newer.commit", equalTo(Given.commit('a')))
        .body("newer.waits", equalTo(true));
    given().get("/api/v1/models/" + pinned).then().body("newer", nullValue());
    given()
        .get("/api/v1/models?filter=waits=true&q=" + waits)
        .then()
        .body("items.model", contains(waits));
    given().get("/api/v1/status").then().body("models.updatesWaiting", greaterThanOrEqualTo(1));
  }

  @Test
  void turnsOfModelsAreSpreadAndFollowEachOther() {
    Duration every = Duration.ofHours(6);
    Instant now = Instant.parse("2026-11-26T12:00:00Z");
    ModelName one = ModelName.of("phi-2");

    assertThat(Turn.at(one, now.plus(every), every).number())
        .isEqualTo(Turn.at(one, now, every).number() + 1);
    assertThat(Turn.at(one, now, every).id("update-look"))
        .isEqualTo(Turn.at(one, now, every).id("update-look"))
        .isNotEqualTo(Turn.at(one, now.plus(every), every).id("update-look"));
  }

  /** A model with a current version; the policy is set last, so that it is looked at whole. */
  private static String here(String like, String policy, @Nullable String pin) {
    String model = Given.name(like);
    String etag = Given.entry(model);
    ModelVerified said = Given.verified(model, HERE, 1, HERE, VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    Eventually.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/models/" + model)
                    .then()
                    .body("current.commit", equalTo(HERE)));
    String patch =
        "{\"update\":\"%s\",\"pin\":%s}"
            .formatted(policy, pin == null ? "null" : "\"" + pin + "\"");
    String now = given().get("/api/v1/models/" + model).then().extract().header("ETag");
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", now == null ? etag : now)
        .body(patch)
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(200);
    return model;
  }

  private static String lookedAt(String model) {
    Eventually.await().untilAsserted(() -> assertThat(requests(model, true)).hasSize(1));
    return String.valueOf(requests(model, true).getFirst().get("id"));
  }

  private static void planned(String id, String model) {
    ObjectNode planned =
        Wire.mapper().valueToTree(Given.progress(id, model, 3, DownloadState.PLANNED, 0));
    ObjectNode plan = planned.putObject("plan");
    plan.put("fetchBytes", 1).put("reusedBytes", 0).put("freeAfterBytes", 1).putArray("files");
    Topic.publish(Topics.DOWNLOAD_PROGRESSED, id, planned);
    Eventually.await()
        .untilAsserted(
            () -> given().get("/api/v1/downloads/" + id).then().body("state", equalTo("planned")));
  }

  private static List<Map<String, Object>> requests(String model, boolean plans) {
    List<Map<String, Object>> all =
        given()
            .get("/api/v1/downloads?model=" + model)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("items");
    return all.stream().filter(it -> Boolean.TRUE.equals(it.get("planOnly")) == plans).toList();
  }
}
