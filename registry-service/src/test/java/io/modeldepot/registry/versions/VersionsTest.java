package io.modeldepot.registry.versions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class VersionsTest {
  @Inject TakenAlready taken;

  private static final String A = Given.commit('a');
  private static final String B = Given.commit('b');

  @Test
  void whatALocationSaysIsShownWithItsFiles() {
    String model = Given.name("seen");
    Given.entry(model);

    say(model, A, 1, A, VersionState.PRESENT);

    eventually(
        () ->
            model(model)
                .body("state", equalTo("present"))
                .body("current.commit", equalTo(A))
                .body("current.verifiedBy", equalTo("git-sha1"))
                .body("sizeBytes", equalTo(5_000_000_600L)));
    given()
        .get("/api/v1/models/" + model + "/versions/aaaa/files")
        .then()
        .statusCode(200)
        .body("items.path", contains("config.json", "model.safetensors"))
        .body("items[0].gitSha1", equalTo("b".repeat(40)));
    given()
        .get("/api/v1/models/" + model + "/path")
        .then()
        .statusCode(200)
        .body("path", equalTo("versions/" + model + "/" + A))
        .body("generation", equalTo(1));
    given()
        .get("/api/v1/audit?object=model/" + model + "&filter=action=version.published")
        .then()
        .body("items", hasSize(1))
        .body("items[0].object", equalTo("model/" + model + "@" + A));
  }

  @Test
  void whatWasTakenAlreadyIsPassedOverAndWhatDiffersIsNot() {
    String model = Given.name("said-again");
    ModelVerified second = Given.verified(model, A, 2, A, VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(second), second);
    eventually(() -> model(model).body("state", equalTo("orphan")));
    Eventually.await().untilAsserted(() -> assertThat(taken.isNews(second)).isFalse());

    assertThat(taken.isNews(Given.verified(model, A, 1, "", VersionState.REMOVED))).isFalse();
    assertThat(taken.isNews(Given.verified(model, A, 2, "", VersionState.PRESENT))).isTrue();
    assertThat(taken.isNews(Given.verified(model, A, 3, A, VersionState.PRESENT))).isTrue();
    assertThat(taken.isNews(Given.verified(model, B, 2, A, VersionState.PRESENT))).isTrue();

    taken.learn();
    assertThat(taken.isNews(Given.verified(model, A, 1, A, VersionState.PRESENT))).isFalse();
    assertThat(taken.isNews(second)).as("the database does not tell its words").isTrue();

    taken.forgotten(second.location(), second.model());
    assertThat(taken.isNews(Given.verified(model, A, 1, A, VersionState.PRESENT))).isTrue();
  }

  @Test
  void whatThePublisherSignedIsShownWithTheVersion() {
    String model = Given.name("signed");
    Given.entry(model);
    ModelVerified said = Given.verified(model, A, 1, A, VersionState.PRESENT);
    ObjectNode told = Wire.mapper().valueToTree(said);
    told.putObject("upstreamSignature")
        .put("status", "not-checked")
        .put("method", "sigstore")
        .put("why", "Only keys are checked here.");

    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), told);

    eventually(() -> model(model).body("current.commit", equalTo(A)));
    given()
        .get("/api/v1/models/" + model + "/versions/" + A)
        .then()
        .body("upstreamSignature.status", equalTo("not-checked"))
        .body("upstreamSignature.method", equalTo("sigstore"));
    model(model).body("current.upstreamSignature", equalTo("not-checked"));
    given()
        .get("/api/v1/models?filter=upstream=not-checked&q=" + model)
        .then()
        .body("items.model", contains(model));
  }

  @Test
  void theNewerGenerationCountsWhateverTheOrder() {
    String model = Given.name("order");
    Given.entry(model);
    say(model, A, 3, A, VersionState.DAMAGED);
    say(model, A, 2, A, VersionState.PRESENT);
    String last = Given.name("last");
    Given.entry(last);
    say(last, A, 1, A, VersionState.PRESENT);

    eventually(() -> model(last).body("state", equalTo("present")));
    model(model).body("state", equalTo("damaged")).body("current.generation", equalTo(3));
  }

  @Test
  void anotherCurrentVersionTakesThePlaceOfTheFormerOne() {
    String model = Given.name("moves");
    Given.entry(model);
    say(model, A, 1, A, VersionState.PRESENT);
    say(model, B, 2, B, VersionState.PRESENT);

    eventually(() -> model(model).body("current.commit", equalTo(B)).body("versions", equalTo(2)));
    given()
        .get("/api/v1/models/" + model + "/versions?filter=current=true")
        .then()
        .body("items.commit", contains(B));
  }

  @Test
  void anOlderVersionThatIsAnnouncedAgainDoesNotBecomeCurrent() {
    String model = Given.name("reannounce");
    Given.entry(model);
    say(model, B, 2, B, VersionState.PRESENT);
    eventually(() -> model(model).body("current.commit", equalTo(B)));

    say(model, A, 1, A, VersionState.PRESENT);

    eventually(() -> model(model).body("versions", equalTo(2)));
    model(model).body("current.commit", equalTo(B));
  }

  @Test
  void theSameWordAgainChangesNothing() {
    String model = Given.name("same");
    Given.entry(model);
    ModelVerified said = Given.verified(model, A, 1, A, VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    eventually(() -> model(model).body("state", equalTo("present")));
    String etag = model(model).extract().header("ETag");

    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    say(model, B, 2, A, VersionState.ARCHIVED);

    eventually(() -> versions(model).body("items", hasSize(2)));
    given()
        .get("/api/v1/audit?object=model/" + model + "&filter=action=version.published")
        .then()
        .body("items", hasSize(1));
    given().get("/api/v1/models/" + model + "/versions/" + A).then().body("generation", equalTo(1));
    org.assertj.core.api.Assertions.assertThat(etag).isNotBlank();
  }

  @Test
  void aVersionWithoutAnEntryIsAnOrphanAndAnEntryAdoptsIt() {
    String model = Given.name("orphan");
    say(model, A, 1, A, VersionState.PRESENT);
    eventually(
        () ->
            model(model)
                .statusCode(200)
                .body("state", equalTo("orphan"))
                .body("generation", equalTo(0)));

    given()
        .contentType("application/json")
        .body("{}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201)
        .body("family", equalTo("test"))
        .body("state", equalTo("present"));
  }

  @Test
  void aModelWithVersionsKeepsItsFamily() {
    String model = Given.name("family");
    Given.entry(model);
    say(model, A, 1, A, VersionState.PRESENT);
    eventually(() -> model(model).body("versions", equalTo(1)));
    String etag = model(model).extract().header("ETag");

    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", etag)
        .body("{\"family\":\"other\"}")
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(409)
        .body("code", equalTo("family-fixed"));
  }

  @Test
  void whatIsRemovedIsNotShownAndTheModelIsAbsent() {
    String model = Given.name("removed");
    Given.entry(model);
    say(model, A, 1, A, VersionState.PRESENT);
    eventually(() -> model(model).body("versions", equalTo(1)));

    say(model, A, 2, "", VersionState.REMOVED);

    eventually(
        () ->
            model(model)
                .body("state", equalTo("absent"))
                .body("versions", equalTo(0))
                .body("current", nullValue()));
    given()
        .get("/api/v1/models/" + model + "/path")
        .then()
        .statusCode(409)
        .body("code", equalTo("not-present"));
  }

  @Test
  void aForgottenVersionIsAsIfItHadNeverBeen() {
    String model = Given.name("forgotten");
    say(model, A, 1, A, VersionState.PRESENT);
    eventually(() -> model(model).statusCode(200));

    Topic.publish(Topics.MODEL_VERIFIED, "default/" + model + "/" + A, (String) null, Map.of());

    eventually(() -> model(model).statusCode(404));
  }

  @Test
  void aBeginningThatIsNotUniqueIsRefused() {
    String model = Given.name("prefix");
    Given.entry(model);
    say(model, "abcd1" + "0".repeat(35), 1, A, VersionState.PRESENT);
    say(model, "abcd2" + "0".repeat(35), 2, A, VersionState.PRESENT);
    eventually(() -> versions(model).body("items", hasSize(2)));

    given().get("/api/v1/models/" + model + "/versions/abcd").then().statusCode(400);
    given().get("/api/v1/models/" + model + "/versions/abcd2").then().statusCode(200);
    given()
        .get("/api/v1/models/" + model + "/versions/ffff")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-version"));
  }

  @Test
  void goingBackIsAPinnedRequestForWhatIsHere() {
    String model = Given.name("back");
    Given.entry(model);
    say(model, A, 1, A, VersionState.PRESENT);
    say(model, B, 2, B, VersionState.PRESENT);
    eventually(() -> versions(model).body("items", hasSize(2)));

    given()
        .contentType("application/json")
        .body("{\"commit\":\"aaaaaaa\"}")
        .post("/api/v1/models/" + model + "/rollback")
        .then()
        .statusCode(202)
        .header("Location", notNullValue())
        .body("revision", equalTo(A));

    model(model).body("pin", equalTo(A));
    given()
        .contentType("application/json")
        .body("{\"commit\":\"" + Given.commit('d') + "\"}")
        .post("/api/v1/models/" + model + "/rollback")
        .then()
        .statusCode(404);
  }

  @Test
  void storageIsShownAsItWasReported() {
    String location = Given.name("loc");

    Topic.publish(
        Topics.STORAGE_REPORTED,
        location,
        """
        {"location":"%s","volumeId":"v-1","capacityBytes":1000,"freeBytes":900,"reservedBytes":10,"cacheBytes":1,
         "trashBytes":2,"archiveBytes":3,"usage":[{"kind":"current","family":"test","bytes":90}],
         "capabilities":{"hardLinks":true,"exchange":true,"reflink":false,"fallocate":true,"network":false},
         "reportedAt":"2026-11-24T00:00:00.000Z"}
        """
            .formatted(location),
        Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/storage/" + location)
                .then()
                .statusCode(200)
                .body("freeBytes", equalTo(900))
                .body("usage[0].family", equalTo("test")));
    given()
        .get("/api/v1/usage")
        .then()
        .body("byFamily.family", org.hamcrest.Matchers.hasItem("test"));
  }

  @Test
  void whatAnArchiveSavesIsToldPerModel() {
    String model = Given.name("archived");
    ModelVerified present = Given.verified(model, A, 1, A, VersionState.PRESENT);
    ObjectNode archived = Wire.mapper().valueToTree(present);
    archived.put("state", "archived").put("sizeBytes", 1000).put("presentBytes", 680);

    Topic.publish(Topics.MODEL_VERIFIED, Given.key(present), archived.toString(), Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/usage")
                .then()
                .body(
                    "archived.find { it.model == '%s' }.savedBytes".formatted(model), equalTo(320))
                .body("archived.find { it.model == '%s' }.bytes".formatted(model), equalTo(680)));
  }

  private static void say(
      String model, String commit, long generation, String current, VersionState state) {
    ModelVerified said = Given.verified(model, commit, generation, current, state);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
  }

  private static ValidatableResponse model(String model) {
    return given().get("/api/v1/models/" + model).then();
  }

  private static ValidatableResponse versions(String model) {
    return given().get("/api/v1/models/" + model + "/versions").then();
  }

  private static void eventually(Runnable isTrue) {
    Eventually.await().untilAsserted(isTrue::run);
  }
}
