package io.modeldepot.registry.placement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.modeldepot.events.command.PlacementAction;
import io.modeldepot.events.command.PlacementDue;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.registry.placement.Beyond.Asked;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes through the door to placement, and what does when nobody is behind it. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@QuarkusTestResource(value = Beyond.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // the test resource sets the field
class PlacementDoorTest {
  private static final String PROBLEM =
      "{\"code\":\"stale-plan\",\"type\":\"/problems/stale-plan\",\"status\":409,\"detail\":\"old\"}";

  Beyond beyond;

  @BeforeEach
  void forget() {
    beyond.forget();
  }

  @Test
  void aQuestionGoesThroughAsItIsAndTheAnswerToo() {
    beyond.answers(200, "application/json", "{\"items\":[{\"host\":\"a\"}]}");

    given()
        .header("X-Request-Id", "r-1")
        .get("/api/v1/gpus")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("items[0].host", equalTo("a"));

    assertThat(beyond.asked()).containsExactly(new Asked("GET", "/api/v1/gpus", "", "r-1"));
  }

  @Test
  void aFragmentForComposeComesAsYaml() {
    beyond.answers(200, "application/yaml", "services:\n  \"vllm-phi-2\":\n");

    String body =
        given()
            .header("X-Request-Id", "r-9")
            .queryParam("host", "a b")
            .get("/api/v1/placements/phi-2/compose")
            .then()
            .statusCode(200)
            .contentType("application/yaml")
            .extract()
            .asString();

    assertThat(body).startsWith("services:");
    assertThat(beyond.asked())
        .containsExactly(new Asked("GET", "/api/v1/placements/phi-2/compose?host=a+b", "", "r-9"));
  }

  @Test
  void whatWasMeasuredGoesThrough() {
    beyond.answers(200, "application/json", "{\"use\":\"shown\"}");

    given().get("/api/v1/calibrations").then().statusCode(200).body("use", equalTo("shown"));
  }

  @Test
  void aQuestionThatCannotBeMeantIsNotHandedOn() {
    given().get("/api/v1/fit").then().statusCode(422);
    given().get("/api/v1/fit?model=somewhere").then().statusCode(404);
    given().get("/api/v1/fit?model=phi-2&users=abc").then().statusCode(422);
    given().get("/api/v1/fit?model=phi-2&context=0").then().statusCode(422);

    assertThat(beyond.asked()).isEmpty();
  }

  @Test
  void gpusAndPlacementsAreTablesForThoseWhoAskForText() {
    beyond.answers(
        200,
        "application/json",
        "{\"items\":[{\"host\":\"gpu-host\",\"id\":\"0\",\"name\":\"RTX\",\"state\":\"ready\","
            + "\"memoryBytes\":34359738368,\"usableBytes\":30923764531,\"freeBytes\":1073741824,"
            + "\"models\":[{\"model\":\"phi-2\"}]}]}");
    assertThat(given().accept("text/plain").get("/api/v1/gpus").asString().lines())
        .containsExactly(
            "GPU         NAME  STATE   GIB  USABLE  FREE  MODELS  REASON",
            "gpu-host/0  RTX   ready  32.0    28.8   1.0  phi-2   -");

    beyond.answers(
        200,
        "application/json",
        "{\"items\":[{\"model\":\"phi-2\",\"state\":\"placed\",\"reason\":\"On \\u001b[31mit.\","
            + "\"replicas\":[{\"host\":\"gpu-host\",\"users\":20,\"gpus\":[{\"id\":\"0\"}]}]}]}");
    assertThat(given().accept("text/plain").get("/api/v1/placements").asString().lines())
        .containsExactly(
            "MODEL  STATE   GPUS        USERS  SINCE  REASON",
            "phi-2  placed  gpu-host/0     20      -  On ?[31mit.");
    given().get("/api/v1/placements").then().contentType("application/json");
  }

  @Test
  void aRefusalWithoutWordsIsNoOutage() {
    beyond.answers(400, "text/plain", "");

    given()
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/placements/plan")
        .then()
        .statusCode(400)
        .body("code", equalTo("bad-request"));
  }

  @Test
  void aModelThatIsNotHereIsAskedForWithWhatItsPublisherSays() {
    beyond.answers(200, "application/json", "{\"items\":[]}");

    given().get("/api/v1/fit?model=llama2-70b&variant=fp8").then().statusCode(200);

    Asked asked = beyond.asked().getFirst();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.target()).isEqualTo("/api/v1/fit");
    assertThat(asked.body())
        .contains("\"model\":\"llama2-70b\"", "\"variant\":\"fp8\"", "\"layers\":80")
        .contains("\"contextTokens\":4096");
  }

  @Test
  void aPlanGoesThroughWithItsBody() {
    beyond.answers(200, "application/json", "{\"plan\":3}");

    given()
        .contentType("application/json")
        .header("X-Request-Id", "r-2")
        .body("{\"drain\":[\"a/0\"]}")
        .post("/api/v1/placements/plan")
        .then()
        .statusCode(200)
        .body("plan", equalTo(3));

    assertThat(beyond.asked())
        .containsExactly(
            new Asked("POST", "/api/v1/placements/plan", "{\"drain\":[\"a/0\"]}", "r-2"));
  }

  @Test
  void aRefusalKeepsItsReasonAndGetsThePlaceAndTheRequest() {
    beyond.answers(409, "application/problem+json", PROBLEM);

    given()
        .header("X-Request-Id", "r-3")
        .contentType("application/json")
        .post("/api/v1/placements/plan/7/apply")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("stale-plan"))
        .body("detail", equalTo("old"))
        .body("instance", equalTo("/api/v1/placements/plan/7/apply"))
        .body("requestId", equalTo("r-3"));
    audit("plan/7", 0);
  }

  @Test
  void aPlanThatIsAppliedIsACommandAndAnAuditEntryTogether() throws Exception {
    beyond.answers(200, "application/json", "{\"plan\":8}");

    String request =
        given()
            .contentType("application/json")
            .post("/api/v1/placements/plan/8/apply")
            .then()
            .statusCode(202)
            .body("plan", equalTo(8))
            .extract()
            .path("requestId");

    assertThat(beyond.asked())
        .extracting(Asked::method, Asked::target)
        .as("placement is asked whether it can be; the command is the registry's")
        .containsExactly(tuple("GET", "/api/v1/placements/plan/8"));
    ConsumerRecord<String, byte[]> command =
        Topic.records(Topics.PLACEMENT_DUE, 1, it -> "plan/8".equals(it.key())).getFirst();
    assertThat(Wire.read(command.value(), PlacementDue.class))
        .isEqualTo(
            new PlacementDue(
                Optional.of(PlacementAction.APPLY),
                Optional.of(8L),
                Optional.of(RequestId.of(request))));
    assertThat(Tables.value("select event_id from audit where object = 'plan/8' limit 1"))
        .as("of one transaction")
        .isEqualTo(request)
        .isEqualTo(Topic.header(command, "ce_id"));
    audit("plan/8", 1);
  }

  @Test
  void whoAsksAndWhatTheyHaveGoesThroughAndNothingElse() {
    beyond.answers(200, "application/json", "{\"items\":[]}");
    String token =
        given()
            .contentType("application/json")
            .body("{\"name\":\"of the caller\",\"role\":\"viewer\"}")
            .post("/api/v1/tokens")
            .then()
            .statusCode(201)
            .extract()
            .path("token");

    given()
        .header("Authorization", "Bearer " + token)
        .header("If-None-Match", "\"abc\"")
        .header("Cookie", "session=1")
        .header("TE", "trailers")
        .get("/api/v1/placements")
        .then()
        .statusCode(200);

    assertThat(beyond.askedWith().get("Authorization")).containsExactly("Bearer " + token);
    assertThat(beyond.askedWith().get("If-None-Match")).containsExactly("\"abc\"");
    assertThat(beyond.askedWith()).doesNotContainKeys("Cookie", "Te");
  }

  @Test
  void whatCachesNeedComesBackAndWhatBelongsToTheConnectionDoesNot() {
    beyond.answers(
        200,
        "application/json",
        "{\"items\":[]}",
        Map.of("ETag", "\"abc\"", "Cache-Control", "no-cache", "Keep-Alive", "timeout=7"));

    given()
        .get("/api/v1/gpus")
        .then()
        .statusCode(200)
        .header("ETag", "\"abc\"")
        .header("Cache-Control", "no-cache")
        .header("Keep-Alive", nullValue());

    beyond.answers(304, "application/json", "", Map.of("ETag", "\"abc\""));
    given()
        .header("If-None-Match", "\"abc\"")
        .get("/api/v1/gpus")
        .then()
        .statusCode(304)
        .header("ETag", "\"abc\"")
        .body(is(emptyString()));
  }

  @Test
  void aRefusalKeepsItsRemediesAndWhenToTryAgain() {
    beyond.answers(
        503,
        "application/problem+json",
        "{\"code\":\"broker-unavailable\",\"remedies\":[{\"say\":\"Try again\"}]}",
        Map.of("Retry-After", "17"));

    given()
        .get("/api/v1/gpus")
        .then()
        .statusCode(503)
        .header("Retry-After", "17")
        .body("code", equalTo("broker-unavailable"))
        .body("remedies[0].say", equalTo("Try again"));
  }

  @Test
  void aRedirectIsNoAnswer() {
    beyond.answers(302, "text/plain", "", Map.of("Location", "http://elsewhere.example/"));

    given()
        .redirects()
        .follow(false)
        .get("/api/v1/gpus")
        .then()
        .statusCode(503)
        .header("Location", nullValue())
        .body("code", equalTo("placement-unavailable"));
  }

  @Test
  void nobodyBehindTheDoorIsSaidSo() {
    beyond.hangsUp();

    given()
        .get("/api/v1/gpus")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo("placement-unavailable"))
        .body("requestId", notNullValue())
        .body("remedies", hasSize(1));
  }

  @Test
  void anAnswerWithoutAReasonIsNotHandedOn() {
    beyond.answers(500, "text/html", "<h1>secret trace</h1>");

    String said =
        given().get("/api/v1/placements").then().statusCode(503).extract().body().asString();

    assertThat(said).contains("HTTP 500").doesNotContain("secret");
  }

  @Test
  void whatIsAskedOfAModelIsTakenBackAndAnswered() {
    String model = Given.name("served");
    Given.entry(model);
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", "*")
        .body("{\"placement\":{\"users\":3,\"contextTokens\":2048}}")
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(200);

    given()
        .delete("/api/v1/placements/" + model)
        .then()
        .statusCode(200)
        .body("model", equalTo(model))
        .body("placement.users", equalTo(3));

    given().get("/api/v1/models/" + model).then().body("placement", nullValue());
    given()
        .get("/api/v1/audit?object=model/" + model)
        .then()
        .body("items", hasSize(3))
        .body("items[0].detail.changed", notNullValue());
    given()
        .delete("/api/v1/placements/" + model)
        .then()
        .statusCode(200)
        .body("placement", nullValue());
    given().delete("/api/v1/placements/" + Given.name("unheard-of")).then().statusCode(404);
    assertThat(beyond.asked()).as("it is the catalog's").isEmpty();
  }

  @Test
  void aHostThatNobodyHearsOfIsForgottenWithWhatWasWishedOfIt() {
    String host = Given.name("old-host");
    given()
        .contentType("application/json")
        .body("{\"state\":\"drained\"}")
        .put("/api/v1/site/gpu/" + host + "/0")
        .then()
        .statusCode(200);
    beyond.answers(200, "application/json", gpus(host, "given-up"));

    given()
        .delete("/api/v1/gpus/" + host)
        .then()
        .statusCode(200)
        .body("gpus", equalTo(List.of("0")));

    assertThat(Topic.records(Topics.GPU_REPORTED, 1, it -> host.equals(it.key())))
        .singleElement()
        .matches(it -> it.value() == null);
    given().get("/api/v1/site/gpu/" + host + "/0").then().statusCode(404);
    audit("host/" + host, 1);
  }

  @Test
  void aHostThatReportsOrThatNobodyKnowsIsNotForgotten() {
    String host = Given.name("host");
    beyond.answers(200, "application/json", gpus(host, "ready"));

    given()
        .delete("/api/v1/gpus/" + host)
        .then()
        .statusCode(409)
        .body("code", equalTo("in-use"))
        .body("evidence.state", equalTo("ready"));
    given().delete("/api/v1/gpus/" + Given.name("other")).then().statusCode(404);
    audit("host/" + host, 0);
  }

  @Test
  void aFormThatDoesNotExistIsRefusedWithThoseThatDo() {
    given()
        .get("/api/v1/fit?model=phi-2&variant=fp9")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/variant"))
        .body("detail", containsString("Did you mean fp8?"));
    assertThat(beyond.asked()).isEmpty();
  }

  private static String gpus(String host, String state) {
    return "{\"items\":[{\"host\":\"%s\",\"id\":\"0\",\"state\":\"%s\"}]}".formatted(host, state);
  }

  @Test
  void whatIsNoNameIsNotAskedFor() {
    given().get("/api/v1/placements/..%2f..%2fq%2fhealth").then().statusCode(404);

    assertThat(beyond.asked()).isEmpty();
  }

  private static void audit(String object, int entries) {
    given()
        .get("/api/v1/audit?object=" + object)
        .then()
        .statusCode(200)
        .body("items", hasSize(entries));
  }
}
