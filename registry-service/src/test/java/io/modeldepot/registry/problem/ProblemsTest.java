package io.modeldepot.registry.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class ProblemsTest {

  @Test
  void anAddressThatIsNotThereIsAProblem() {
    isProblem(given().get("/api/v1/nothing").then(), 404, "not-found")
        .body("instance", equalTo("/api/v1/nothing"));
    isProblem(given().get("/nothing/at/all").then(), 404, "not-found");
  }

  @Test
  void aMethodThatAResourceHasNotIsAProblemThatNamesThoseItHas() {
    isProblem(given().post("/api/v1/status").then(), 405, "method-not-allowed")
        .header("Allow", containsString("GET"));
  }

  @Test
  void aBodyOfAnotherMediaTypeIsAProblem() {
    isProblem(
        given().contentType("text/csv").body("a,b").post("/api/v1/downloads").then(),
        415,
        "unsupported-media-type");
    isProblem(
        given().contentType("application/json").body("{}").patch("/api/v1/models/phi-2").then(),
        415,
        "unsupported-media-type");
  }

  @Test
  void aFormThatCannotBeHadIsAProblem() {
    isProblem(given().accept("image/png").get("/api/v1/status").then(), 406, "not-acceptable");
  }

  @Test
  void whatIsNotJsonIsAProblem() {
    isProblem(post("{\"model\":").then(), 400, "bad-request");
    isProblem(post("[1]").then(), 400, "bad-request");
    isProblem(post("").then(), 400, "bad-request");
    isProblem(post("{\"model\":\"phi-2\"} trailing").then(), 400, "bad-request");
  }

  @Test
  void aFieldOfAWrongFormIsAProblemThatPointsToIt() {
    isProblem(post("{\"model\":\"NOT A NAME\"}").then(), 422, "invalid")
        .body("errors[0].pointer", equalTo("/model"));
    isProblem(post("{\"model\":\"phi-2\",\"priority\":11}").then(), 422, "invalid")
        .body("errors[0].pointer", equalTo("/priority"));
    isProblem(post("{\"model\":\"phi-2\",\"profile\":\"tiny\"}").then(), 422, "invalid")
        .body("errors[0].pointer", equalTo("/profile"));
  }

  @Test
  void aBodyThatIsTooLargeIsAProblem() {
    isProblem(
        post("{\"model\":\"" + "x".repeat(2_000_000) + "\"}").then(), 413, "request-too-large");
  }

  @Test
  void aParameterOfAWrongFormIsAProblem() {
    given()
        .get("/api/v1/models?limit=many")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void theRequestIdOfTheCallerComesBackEverywhere() {
    given()
        .header("X-Request-Id", "my-id-1")
        .get("/api/v1/models/none")
        .then()
        .header("X-Request-Id", equalTo("my-id-1"))
        .body("requestId", equalTo("my-id-1"));
  }

  @Test
  void aRequestIdThatCouldHarmALogIsReplaced() {
    given()
        .header("X-Request-Id", "a b<script>")
        .get("/api/v1/status")
        .then()
        .header("X-Request-Id", not(containsString("script")));
  }

  @ParameterizedTest
  @EnumSource(value = ProblemCode.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void everyCodeHasAPage(ProblemCode code) {
    given()
        .accept("application/json")
        .get("/problems/" + code.code())
        .then()
        .statusCode(200)
        .body("code", equalTo(code.code()));
    String page =
        given()
            .accept("text/html,application/xhtml+xml,*/*;q=0.8")
            .get("/problems/" + code.code())
            .then()
            .statusCode(200)
            .contentType("text/html")
            .extract()
            .asString();
    assertThat(page).contains(code.code()).doesNotContain("http://").doesNotContain("https://");
  }

  @Test
  void aCodeThatIsNoneHasNoPage() {
    isProblem(given().get("/problems/nonsense").then(), 404, "not-found");
  }

  @Test
  void theDescriptionOfTheInterfaceIsThere() {
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("paths.'/api/v1/models/{model}'.patch", notNullValue())
        .body("paths.'/api/v1/downloads'.post", notNullValue());
    given().get("/q/swagger-ui/").then().statusCode(200);
  }

  @Test
  void everyOperationOfTheInterfaceHasANameOfItsOwn() {
    Map<String, Map<String, Map<String, Object>>> paths =
        given().accept("application/json").get("/q/openapi").jsonPath().getMap("paths");

    assertThat(
            paths.values().stream()
                .flatMap(path -> path.values().stream())
                .map(operation -> operation.get("operationId")))
        .isNotEmpty()
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  private static io.restassured.response.Response post(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/downloads");
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse answer, int status, String code) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .header("X-Request-Id", notNullValue())
        .body("type", equalTo("/problems/" + code))
        .body("code", equalTo(code))
        .body("status", equalTo(status))
        .body("title", notNullValue())
        .body("detail", notNullValue())
        .body("requestId", notNullValue());
  }
}
