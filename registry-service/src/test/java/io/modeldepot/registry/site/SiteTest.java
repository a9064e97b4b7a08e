package io.modeldepot.registry.site;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // the test resource sets the field
class SiteTest {
  TestBroker broker;

  @Test
  void aWishIsKeptAnnouncedAuditedAndTakenBack() {
    String key = "gpu/host-" + System.nanoTime() + "/0";

    put(key, "{\"state\":\"drained\",\"reason\":\"new fan\",\"until\":\"2026-12-31T18:00:00Z\"}")
        .then()
        .statusCode(200)
        .body("key", equalTo(key))
        .body("value.state", equalTo("drained"))
        .body("generation", equalTo(1));
    given().get("/api/v1/site").then().body("items.key", hasItem(key));
    put(key, "{\"reservedBytes\":1073741824}").then().body("generation", equalTo(2));
    put(key, "{\"reservedBytes\":1073741824}").then().body("generation", equalTo(2));
    given().delete("/api/v1/site/" + key).then().statusCode(204);
    given().get("/api/v1/site/" + key).then().statusCode(404);
    given().get("/api/v1/site").then().body("items.key", not(hasItem(key)));
    put(key, "{\"state\":\"drained\"}").then().body("generation", equalTo(4));

    List<String> said =
        Topic.records(
                broker.bootstrapServers(),
                Topics.SITE_DESCRIBED,
                4,
                record -> key.equals(record.key()))
            .stream()
            .map(record -> record.value() == null ? "" : new String(record.value(), UTF_8))
            .toList();
    assertThat(said).hasSize(4);
    assertThat(said.get(0)).contains("new fan").contains("2026-12-31T18:00:00Z");
    assertThat(said.get(1)).contains("1073741824");
    assertThat(said.get(2)).as("forgotten").isEmpty();
    given().get("/api/v1/audit?object=site/" + key).then().body("items", hasSize(4));
  }

  @Test
  void whoReadSomethingElseIsRefused() {
    String key = "gpu/host-" + System.nanoTime() + "/1";
    put(key, "{\"state\":\"drained\"}").then().statusCode(200);

    given()
        .contentType("application/json")
        .header("If-Match", "\"other\"")
        .body("{\"reservedBytes\":1}")
        .put("/api/v1/site/" + key)
        .then()
        .statusCode(412);
    String tag = given().get("/api/v1/site/" + key).header("ETag");
    given().delete("/api/v1/site/" + key).then().statusCode(204);
    given()
        .contentType("application/json")
        .header("If-Match", tag)
        .body("{\"reservedBytes\":1}")
        .put("/api/v1/site/" + key)
        .then()
        .statusCode(412);
  }

  @Test
  void twoThatMakeOneSettingAtTheSameTimeBothSucceed() throws Exception {
    String key = "gpu/host-" + System.nanoTime() + "/2";
    try (var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          java.util.stream.IntStream.rangeClosed(1, 8)
              .mapToObj(
                  n -> pool.submit(() -> put(key, "{\"reservedBytes\":" + n + "}").statusCode()))
              .toList();
      for (var one : all) {
        assertThat(one.get()).isEqualTo(200);
      }
    }

    given().get("/api/v1/site/" + key).then().body("generation", equalTo(8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"state\":\"asleep\"}|/state",
        "{\"reservedBytes\":0}|/reservedBytes",
        "{\"reservedBytes\":\"7\"}|/reservedBytes",
        "{\"state\":\"drained\",\"until\":\"tomorrow\"}|/until",
        "{\"state\":\"drained\",\"colour\":\"red\"}|/colour",
      })
  void whatIsWrongIsPointedAt(String body, String pointer) {
    put("gpu/host-a/0", body).then().statusCode(422).body("errors.pointer", hasItem(pointer));
  }

  @Test
  void aWishWithoutContentAndAnUnknownKindAreRefused() {
    put("gpu/host-a/0", "{}").then().statusCode(422).body("detail", containsString("required"));
    put("weather/today", "{\"sun\":1}").then().statusCode(404);
    put("gpu/host-a", "{\"state\":\"drained\"}").then().statusCode(404);
  }

  private static io.restassured.response.Response put(String key, String body) {
    return given().contentType("application/json").body(body).put("/api/v1/site/" + key);
  }
}
