package io.modeldepot.registry.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class ConsoleTest {
  private static final Pattern PARTS = Pattern.compile("(?:src|href)=\"(/[^\"]+\\.(?:js|css))\"");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/models",
        "/models/phi-2",
        "/models/phi-2/compare",
        "/downloads",
        "/gpus",
        "/storage",
        "/desired",
        "/events",
        "/notifications",
        "/audit"
      })
  void everyAddressOfTheConsoleIsThePage(String address) {
    given()
        .accept("text/html")
        .get(address)
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .header("Content-Security-Policy", equalTo(ConsoleRoutes.POLICY))
        .header("Cache-Control", equalTo("no-cache"))
        .body(containsString("id=\"console\""));
  }

  @Test
  void whatThePageLoadsIsThere() {
    List<String> parts = parts();

    assertThat(parts).hasSizeGreaterThanOrEqualTo(2);
    for (String part : parts) {
      Response answer = given().get(part);
      assertThat(answer.statusCode()).as(part).isEqualTo(200);
      assertThat(answer.contentType()).as(part).containsAnyOf("javascript", "css");
    }
  }

  @Test
  void nothingInThePageIsInlineOrFromElsewhere() {
    String page = given().accept("text/html").get("/").asString();

    assertThat(page)
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContain("<style")
        .doesNotContain("style=")
        .doesNotContain("http");
  }

  @Test
  void whatPassesOnATopicHasItsSchema() {
    for (TopicSpec topic : Topics.PAYLOAD_TOPICS) {
      given()
          .get("/schemas/" + topic.name() + ".json")
          .then()
          .statusCode(200)
          .contentType(containsString("json"))
          .body("'$id'", equalTo("urn:modeldepot:schema:" + topic.name() + ":1"));
    }
  }

  @Test
  void restIsNotThePage() {
    given()
        .get("/api/v1/models/no-such-model")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-model"));
    given().accept("text/html").get("/no-such-place").then().statusCode(404);
  }

  private static List<String> parts() {
    return PARTS
        .matcher(given().accept("text/html").get("/").asString())
        .results()
        .map((MatchResult it) -> it.group(1))
        .toList();
  }
}
