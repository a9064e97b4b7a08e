package io.modeldepot.registry.dump;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.database.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.ResponseBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry is lost, and a new one gets its data back; on a database that no other test uses. */
@QuarkusTest
@QuarkusTestResource(value = DepotTestResource.Own.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // injected before each test
class RegistryRestoreTest {
  TestDatabase database;
  TestBroker broker;
  private String dump = "";
  private String head = "";
  private String model = "";

  @BeforeEach
  void aRegistryThatKnowsSomethingIsSavedAndLost() throws Exception {
    forgetEverything();
    noRecords();
    model = Given.name("restored");
    Given.entry(model);
    given()
        .contentType(ContentType.JSON)
        .body("{\"model\":\"" + model + "\"}")
        .post("/api/v1/downloads")
        .then()
        .statusCode(202);
    given()
        .contentType(ContentType.JSON)
        .body("{\"state\":\"drained\"}")
        .put("/api/v1/site/gpu/" + model + "/0")
        .then()
        .statusCode(200);
    dump = given().get("/api/v1/registry-dump").then().statusCode(200).extract().asString();
    head =
        "seq="
            + given().get("/api/v1/audit/head").jsonPath().getLong("seq")
            + "&hash="
            + given().get("/api/v1/audit/head").jsonPath().getString("hash");
    theRequestHasComeBackFromTheBroker();
    forgetEverything();
  }

  /**
   * The registry reads the topic that it publishes to. A request that came back after everything
   * was forgotten would be news to it, so another one of the same key is heard first.
   */
  private void theRequestHasComeBackFromTheBroker() {
    Eventually.await().until(() -> rows("outbox where published_at is null") == 0);
    Topic.publish(
        broker.bootstrapServers(),
        Topics.DOWNLOAD_REQUESTED,
        model,
        "{\"model\":\"" + model + "\"}",
        Map.of());
    Eventually.await().until(() -> rows("download") == 2);
  }

  private long rows(String from) throws SQLException {
    TestDatabase.Login login = database.login();
    try (Connection connection =
            DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
        Statement sql = connection.createStatement();
        ResultSet count = sql.executeQuery("select count(*) from " + from)) {
      count.next();
      return count.getLong(1);
    }
  }

  @Test
  void everythingIsAsBeforeAndTheTrailGoesOnFromWhereItEnded() throws Exception {
    put(dump, "?" + head).body("restored", equalTo(true));

    given().get("/api/v1/models/" + model).then().statusCode(200);
    given()
        .get("/api/v1/downloads?model=" + model)
        .then()
        .body("items.size()", equalTo(1))
        .body("items[0].state", equalTo("expired"));
    given().get("/api/v1/site/gpu/" + model + "/0").then().statusCode(200);
    given().get("/api/v1/audit/verify?" + head).then().body("intact", equalTo(true));
    given()
        .get("/api/v1/audit?object=registry")
        .then()
        .body("items.action", hasItem("registry.restored"));
  }

  @Test
  void theSameDumpAgainChangesNothing() throws Exception {
    put(dump, "").body("restored", equalTo(true));
    long records = given().get("/api/v1/audit/head").jsonPath().getLong("seq");

    put(dump, "").body("restored", equalTo(false));

    assertThat(given().get("/api/v1/audit/head").jsonPath().getLong("seq")).isEqualTo(records);
  }

  @Test
  void aRegistryThatWasToldSomethingRefusesAndKeepsIt() throws Exception {
    String other = Given.name("other");
    Given.entry(other);

    HttpResponse<String> refused = send(dump, "");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("registry-not-empty", "model/" + other);
    given().get("/api/v1/models/" + other).then().statusCode(200);
    given().get("/api/v1/models/" + model).then().statusCode(404);
  }

  @Test
  void whatIsNoWholeDumpChangesNothing() throws Exception {
    List<String> lines = dump.lines().toList();
    String cut = String.join("\n", lines.subList(0, lines.size() - 1));
    String altered =
        dump.replace("\"action\":\"download.requested\"", "\"action\":\"nothing.done\"");
    String newer = dump.replaceFirst("\"use_case\":", "\"from_the_future\":1,\"use_case\":");

    for (String bad : List.of("", "{}", "no json", cut, altered, newer)) {
      assertThat(send(bad, "").statusCode())
          .as(bad.substring(0, Math.min(40, bad.length())))
          .isEqualTo(422);
    }
    HttpResponse<String> otherHead = send(dump, "?seq=1&hash=" + "0".repeat(64));

    assertThat(send(altered, "").body()).contains("Its content is not what was hashed");
    assertThat(send(newer, "").body()).contains("model.from_the_future");
    assertThat(otherHead.statusCode()).isEqualTo(422);
    given().get("/api/v1/audit/head").then().body("seq", equalTo(1));
    given().get("/api/v1/models/" + model).then().statusCode(404).body(containsString("unknown"));
  }

  @Test
  void aDumpLargerThanAnyOtherBodyIsTaken() throws Exception {
    String padded = dump.replaceFirst("\n", "\n" + " ".repeat(6 << 20));

    assertThat(send(padded, "").statusCode()).isEqualTo(200);
  }

  private ValidatableResponse put(String body, String query) throws Exception {
    HttpResponse<String> answer = send(body, query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ResponseBuilder()
        .setStatusCode(200)
        .setContentType(ContentType.JSON)
        .setBody(answer.body())
        .build()
        .then();
  }

  /** In chunks, as it comes. */
  private static HttpResponse<String> send(String body, String query)
      throws IOException, InterruptedException {
    String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + port + "/api/v1/registry-dump" + query))
              .header("Content-Type", "application/x-ndjson")
              .PUT(
                  HttpRequest.BodyPublishers.ofInputStream(
                      () ->
                          new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** The former registry's trail holds from its beginning. */
  private void noRecords() throws SQLException {
    TestDatabase.Login login = database.login();
    try (Connection connection =
            DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          alter table audit disable trigger all;
          delete from audit;
          alter table audit enable trigger all;
          """);
    }
  }

  /** As a new database is: another beginning, and nothing but that. */
  private void forgetEverything() throws SQLException {
    TestDatabase.Login login = database.login();
    try (Connection connection =
            DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          alter table audit disable trigger all;
          delete from audit;
          alter table audit enable trigger all;
          update installation set id = gen_random_uuid();
          insert into audit (seq, at, actor, action, object, source, event_id, detail, prev, hash)
            values (1, now(), 'seed', 'model.described', 'model/planted', 'event', 'seed-planted', '{}',
              repeat('0', 64), repeat('1', 64));
          truncate model, model_generation, site_setting, download, download_progress, maintenance,
            maintenance_progress, outbox;
          """);
    }
  }
}
