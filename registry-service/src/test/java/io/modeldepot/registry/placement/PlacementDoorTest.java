package io.modeldepot.registry.placement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.modeldepot.registry.placement.Beyond.Asked;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
  void aQuestionThatCannotBeMeantIsNotHandedOn() {
    given().get("/api/v1/fit").then().statusCode(422);
    given().get("/api/v1/fit?model=somewhere").then().statusCode(404);
    given().get("/api/v1/fit?model=phi-2&users=abc").then().statusCode(422);
    given().get("/api/v1/fit?model=phi-2&context=0").then().statusCode(422);

    assertThat(beyond.asked()).isEmpty();
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
  void aPlanThatIsAppliedIsInTheAuditTrail() {
    beyond.answers(202, "application/json", "{\"plan\":8}");

    given()
        .contentType("application/json")
        .post("/api/v1/placements/plan/8/apply")
        .then()
        .statusCode(202);

    audit("plan/8", 1);
  }

  @Test
  void nobodyBehindTheDoorIsSaidSo() {
    beyond.hangsUp();

    given()
        .get("/api/v1/gpus")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
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
