package io.modeldepot.registry.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class AuditTest {

  @Test
  void theChainHoldsWhileManyWriteAtOnce() throws Exception {
    try (ExecutorService together = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> writes =
          IntStream.range(0, 40)
              .<Callable<String>>mapToObj(i -> () -> Given.entry(Given.name("chain")))
              .toList();
      together.invokeAll(writes);
    }

    verify("").body("intact", equalTo(true));
    assertThat(Tables.value("select count(*) = max(seq) from audit")).isEqualTo("t");
  }

  @Test
  void aChangedFieldIsFound() throws SQLException {
    long seq = newest();
    String before = Tables.value("select actor from audit where seq = " + seq);
    tamper("update audit set actor = 'somebody-else' where seq = " + seq);

    verify("")
        .body("intact", equalTo(false))
        .body("firstBroken.seq", equalTo((int) seq))
        .body("firstBroken.reason", containsString("content"));

    tamper("update audit set actor = '" + before + "' where seq = " + seq);
    verify("").body("intact", equalTo(true));
  }

  @Test
  void aChangedDetailWithARecomputedHashIsFoundByTheNextRecord() throws SQLException {
    long seq = newest();
    Given.entry(Given.name("after"));
    String before = Tables.value("select hash from audit where seq = " + seq);
    tamper("update audit set hash = repeat('0', 64) where seq = " + seq);

    verify("").body("intact", equalTo(false)).body("firstBroken.seq", equalTo((int) seq));

    tamper("update audit set hash = '" + before + "' where seq = " + seq);
    verify("").body("intact", equalTo(true));
  }

  @Test
  void aRemovedRecordIsFound() throws SQLException {
    long seq = newest();
    Given.entry(Given.name("after"));
    tamper(
        "create table audit_hidden as select * from audit where seq = " + seq,
        "delete from audit where seq = " + seq);

    verify("")
        .body("intact", equalTo(false))
        .body("firstBroken.seq", equalTo((int) seq))
        .body("firstBroken.reason", containsString("Missing"));

    tamper(
        "insert into audit (seq, at, actor, action, object, source, event_id, detail, prev, hash)"
            + " select seq, at, actor, action, object, source, event_id, detail, prev, hash from audit_hidden",
        "drop table audit_hidden");
    verify("").body("intact", equalTo(true));
  }

  @Test
  void aCutEndIsFoundByWhoKeptTheHead() {
    long seq = given().get("/api/v1/audit/head").then().extract().jsonPath().getLong("seq");

    verify("?seq=" + (seq + 1000) + "&hash=" + "0".repeat(64))
        .body("intact", equalTo(false))
        .body("firstBroken.reason", containsString("cut off"));
  }

  @Test
  void aHeadThatWasKeptProvesTheTrail() {
    io.restassured.path.json.JsonPath head =
        given().get("/api/v1/audit/head").then().extract().jsonPath();
    Given.entry(Given.name("later"));

    verify("?seq=" + head.getLong("seq") + "&hash=" + head.getString("hash"))
        .body("intact", equalTo(true));
    verify("?seq=" + head.getLong("seq") + "&hash=" + "0".repeat(64))
        .body("intact", equalTo(false));
  }

  @Test
  void theDatabaseItselfRefusesToForget() {
    assertThatThrownBy(() -> Tables.run("update audit set actor = 'x' where seq = 1"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> Tables.run("delete from audit")).hasMessageContaining("append-only");
    assertThatThrownBy(() -> Tables.run("truncate audit")).hasMessageContaining("append-only");
  }

  @Test
  void aHostileTextDoesNotStopTheTrail() {
    String id = Given.name("hostile");
    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        null,
        "{\"model\":\"phi-2\",\"requestId\":\"%s\",\"actor\":\"nul\\u0000 and half \\ud83d\"}"
            .formatted(id),
        Map.of());
    String later = Given.name("after-hostile");
    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        null,
        "{\"model\":\"phi-2\",\"requestId\":\"" + later + "\"}",
        Map.of());

    Eventually.await()
        .untilAsserted(() -> given().get("/api/v1/downloads/" + later).then().statusCode(200));
    verify("").body("intact", equalTo(true));
  }

  @Test
  void theTrailIsFilteredByObjectAndTime() {
    String model = Given.name("filtered");
    Given.entry(model);

    given()
        .get("/api/v1/audit?object=model/" + model + "&from=2020-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("items.object", everyItem(equalTo("model/" + model)))
        .body("items[0].action", equalTo("model.described"))
        .body("items[0].actor", equalTo("local"))
        .body("items[0].source", equalTo("rest"));
    given().get("/api/v1/audit?from=yesterday").then().statusCode(400);
  }

  private static long newest() {
    Given.entry(Given.name("tampered"));
    return given().get("/api/v1/audit/head").then().extract().jsonPath().getLong("seq");
  }

  private static ValidatableResponse verify(String query) {
    return given().get("/api/v1/audit/verify" + query).then().statusCode(200);
  }

  private static void tamper(String... statements) throws SQLException {
    String[] all = new String[statements.length + 2];
    all[0] = "alter table audit disable trigger user";
    System.arraycopy(statements, 0, all, 1, statements.length);
    all[all.length - 1] = "alter table audit enable trigger user";
    Tables.run(all);
  }
}
