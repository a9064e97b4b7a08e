package io.modeldepot.registry.desired;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // the test resource sets the field
class DesiredStateTest {
  private static final String HEAD = "apiVersion: modeldepot/v1\n";

  TestBroker broker;

  @Test
  void whatWasShownIsDoneThroughTheDoorsOfSingleCommands() {
    String model = Given.name("desired");
    String gpu = Given.name("gpu-host") + "/0";
    String document =
        HEAD
            + "models: { %s: { source: test-org/%s, family: test, track: main, users: 3, active: true } }\n"
                .formatted(model, model)
            + "gpus: { %s: { drain: { reason: new fan } } }\n".formatted(gpu);
    Response shown = diff(document);
    shown
        .then()
        .statusCode(200)
        .body("same", equalTo(false))
        .body("applied", equalTo(false))
        .body("plan", startsWith("d-"))
        .body("changes.object", equalTo(List.of("model/" + model, "site/gpu/" + gpu)))
        .body("changes[0].kind", equalTo("add"))
        .body("changes[0].does.event", equalTo(List.of("model-described", "download-requested")))
        .body("changes[1].fields.key", equalTo(List.of("drain")));
    given().get("/api/v1/models/" + model).then().statusCode(404);

    Response done = put(document, "plan=" + plan(shown), "r-" + model);

    done.then().statusCode(200).body("applied", equalTo(true)).body("work", hasSize(1));
    given()
        .get("/api/v1/models/" + model)
        .then()
        .body("active", equalTo(true))
        .body("update", equalTo("follow"))
        .body("placement.users", equalTo(3))
        .body("placement.contextTokens", equalTo(4096));
    given()
        .get("/api/v1/downloads/" + done.jsonPath().getString("work[0].id"))
        .then()
        .body("model", equalTo(model));
    given().get("/api/v1/site/gpu/" + gpu).then().body("value.state", equalTo("drained"));
    String trail = "/api/v1/audit?object=";
    given().get(trail + "model/" + model).then().body("items", hasSize(2));
    given().get(trail + "site/gpu/" + gpu).then().body("items[0].actor", equalTo("local"));
    given()
        .get(trail + "desired-state")
        .then()
        .body("items[0].action", equalTo("desired-state.applied"))
        .body("items[0].detail.requestId", equalTo("r-" + model))
        .body("items[0].detail.plan", equalTo(plan(shown)));
    assertThat(
            Topic.records(
                broker.bootstrapServers(),
                Topics.DOWNLOAD_REQUESTED,
                1,
                record -> model.equals(record.key())))
        .hasSize(1);
    assertThat(
            Topic.records(
                broker.bootstrapServers(),
                Topics.MODEL_DESCRIBED,
                1,
                record -> model.equals(record.key())))
        .hasSize(1);
  }

  @Test
  void aReceiverIsSaidLikeEverythingElseAndOnlyWhereItIsAllowed() {
    String name = Given.name("r").replaceAll("[^a-z0-9-]", "-");
    String form =
        "notify: { %s: { on: [backup.failed], url: \"https://%s/x\", secretFile: key } }\n";
    String document = HEAD + form.formatted(name, "hooks.example.org");

    Response done = put(document, "plan=" + plan(diff(document)), "a");

    done.then().statusCode(200).body("changes.object", equalTo(List.of("site/notify/" + name)));
    diff(document).then().body("same", equalTo(true));
    given()
        .get("/api/v1/desired-state")
        .then()
        .body(containsString("  " + name + ":\n    'on':\n    - backup.failed\n"));
    String elsewhere = HEAD + form.formatted(name, "evil.test");
    put(elsewhere, "plan=" + plan(diff(elsewhere)), "b")
        .then()
        .statusCode(422)
        .body("detail", containsString("DEPOT_NOTIFY_HOSTS"));
    diff(HEAD + "notify: { %s: { on: [backup.faild], urlFile: u } }\n".formatted(name))
        .then()
        .statusCode(422)
        .body("errors[0].detail", containsString("Did you mean backup.failed?"))
        .body("errors[0].line", equalTo(2));
    given().delete("/api/v1/site/notify/" + name).then().statusCode(204);
  }

  @Test
  void twiceIsOnce() {
    String model = Given.name("twice");
    String document = HEAD + "models: { %s: { source: test-org/x, users: 2 } }\n".formatted(model);
    put(document, "plan=" + plan(diff(document)), "a").then().statusCode(200);
    long records = records();

    Response again = put(document, "plan=" + plan(diff(document)), "b");

    again.then().statusCode(200).body("same", equalTo(true)).body("changes", empty());
    assertThat(records()).isEqualTo(records);
    given().get("/api/v1/models/" + model).then().body("generation", equalTo(1));
  }

  @Test
  void whatChangedSinceItWasShownIsNotDone() {
    String model = Given.name("stale");
    Given.entry(model);
    String document = HEAD + "models: { %s: { keep: 5, fetch: false } }\n".formatted(model);
    String plan = plan(diff(document));
    String tag = given().get("/api/v1/desired-state").header("ETag");
    patch(model, "{\"keepVersions\":4}");

    put(document, "plan=" + plan, "a")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale-plan"))
        .body("evidence.plan", equalTo(plan));
    given()
        .contentType("application/yaml")
        .header("If-Match", tag)
        .body(document.getBytes(UTF_8))
        .put("/api/v1/desired-state")
        .then()
        .statusCode(412);
    given()
        .contentType("application/yaml")
        .body(document.getBytes(UTF_8))
        .put("/api/v1/desired-state")
        .then()
        .statusCode(428);
    given().get("/api/v1/models/" + model).then().body("keepVersions", equalTo(4));
    given()
        .contentType("application/yaml")
        .header("If-Match", given().get("/api/v1/desired-state").header("ETag"))
        .body(document.getBytes(UTF_8))
        .put("/api/v1/desired-state")
        .then()
        .statusCode(200);
    given().get("/api/v1/models/" + model).then().body("keepVersions", equalTo(5));
  }

  @Test
  void whatIsWrongIsPointedAtWithItsLineAndNothingIsDone() {
    String model = Given.name("wrong");
    String document =
        HEAD + "models:\n  %s: { source: test-org/x }\n  phi-2: { userz: 1 }\n".formatted(model);

    put(document, "plan=d-0", "a")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/models/phi-2/userz"))
        .body("errors[0].line", equalTo(4))
        .body("errors[0].column", equalTo(12))
        .body("errors[0].detail", containsString("did you mean users?"))
        .body("errors[0].detail", containsString("models.yaml:4:12"));
    given()
        .contentType("application/yaml")
        .queryParam("file", "site.yaml")
        .body(document.getBytes(UTF_8))
        .post("/api/v1/desired-state/diff")
        .then()
        .statusCode(422)
        .body("errors[0].detail", containsString("site.yaml:4:12"));
    given().get("/api/v1/models/" + model).then().statusCode(404);
  }

  @Test
  void ifOneChangeIsRefusedNoneIsMade() {
    String model = Given.name("atomic");
    String present = Given.name("atomic-family");
    Given.entry(present);
    var said =
        Given.verified(
            present,
            Given.commit('d'),
            1,
            Given.commit('d'),
            io.modeldepot.events.state.VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    Eventually.await()
        .untilAsserted(
            () -> given().get("/api/v1/models/" + present).then().body("versions", equalTo(1)));

    diff(HEAD
            + "models: { %s: { source: a/b }, %s: { family: other } }\n".formatted(model, present))
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/models/" + present + "/family"));
    given().get("/api/v1/models/" + model).then().statusCode(404);
  }

  @Test
  void whatIsNotSaidStaysAndIsNamedAndPruningTakesItBackWhenAsked() {
    String model = Given.name("unsaid");
    Given.entry(model);
    patch(model, "{\"active\":true,\"placement\":{\"users\":2,\"contextTokens\":512}}");
    String others = without(given().get("/api/v1/desired-state").asString(), model);

    diff(others).then().body("same", equalTo(true)).body("leftAlone", hasItem("model/" + model));
    Response shown =
        given()
            .contentType("application/yaml")
            .body(others.getBytes(UTF_8))
            .post("/api/v1/desired-state/diff?prune=true");
    shown
        .then()
        .body("changes.object", equalTo(List.of("model/" + model)))
        .body("changes[0].kind", equalTo("remove"))
        .body("changes[0].fields.key", hasItem("users"));
    put(others, "prune=true&plan=" + plan(shown), "a").then().statusCode(200);
    given()
        .get("/api/v1/models/" + model)
        .then()
        .body("active", equalTo(false))
        .body("placement", equalTo(null));
  }

  @Test
  void exportedWipedAndAppliedItIsTheSame() {
    String one = Given.name("round");
    String two = Given.name("round");
    String gpu = Given.name("round-host") + "/1";
    Given.entry(one);
    Given.entry(two);
    patch(
        one,
        "{\"placement\":{\"users\":7,\"minUsers\":2,\"contextTokens\":512},\"licence\":\"x: y\"}");
    patch(
        two,
        "{\"active\":true,\"update\":\"approve\",\"spread\":{\"policy\":\"copies\",\"copies\":2}}");
    given()
        .contentType("application/json")
        .body("{\"reservedBytes\":1073741825,\"reason\":\"trial\"}")
        .put("/api/v1/site/gpu/" + gpu)
        .then()
        .statusCode(200);
    Response exported = given().get("/api/v1/desired-state");
    exported.then().statusCode(200).contentType(startsWith("application/yaml"));
    String document = exported.asString();
    assertThat(document).contains(one, two, gpu, "memory: '1073741825'");
    given()
        .header("If-None-Match", exported.header("ETag"))
        .get("/api/v1/desired-state")
        .then()
        .statusCode(304);

    patch(two, "{\"active\":false}");
    for (String model : List.of(one, two)) {
      given().delete("/api/v1/models/" + model).then().statusCode(202);
    }
    given().delete("/api/v1/site/gpu/" + gpu).then().statusCode(204);
    assertThat(given().get("/api/v1/desired-state").asString()).doesNotContain(one, gpu);
    put(document, "plan=" + plan(diff(document)), "a").then().statusCode(200);

    assertThat(given().get("/api/v1/desired-state").asString()).isEqualTo(document);
    diff(document)
        .then()
        .body("same", equalTo(true))
        .body("leftAlone", not(hasItem("model/" + one)));
  }

  @Test
  void jsonIsADocumentToo() {
    String model = Given.name("json");
    given()
        .contentType("application/json")
        .body(
            "{\"apiVersion\":\"modeldepot/v1\",\"models\":{\"%s\":{\"source\":\"a/b\",\"users\":1}}}"
                .formatted(model))
        .post("/api/v1/desired-state/diff")
        .then()
        .statusCode(200)
        .body("changes.object", equalTo(List.of("model/" + model)));
  }

  private static Response diff(String document) {
    return given()
        .contentType("application/yaml")
        .body(document.getBytes(UTF_8))
        .post("/api/v1/desired-state/diff");
  }

  private static Response put(String document, String query, String requestId) {
    return given()
        .contentType("application/yaml")
        .header("X-Request-Id", requestId)
        .body(document.getBytes(UTF_8))
        .put("/api/v1/desired-state?" + query);
  }

  private static String plan(Response shown) {
    return shown.then().statusCode(200).extract().jsonPath().getString("plan");
  }

  private static void patch(String model, String patch) {
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", "*")
        .body(patch)
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(200);
  }

  private static long records() {
    return given().get("/api/v1/audit/head").jsonPath().getLong("seq");
  }

  /** A document without one of its models: a block that begins with its name. */
  private static String without(String document, String model) {
    return document.replaceFirst("(?m)^  " + model + ":\n(    .*\n)+", "");
  }
}
