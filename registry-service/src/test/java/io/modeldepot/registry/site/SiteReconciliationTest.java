package io.modeldepot.registry.site;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@QuarkusTestResource(value = LostDatabase.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // injected
class SiteReconciliationTest {
  @Inject SiteReconciliation reconciliation;

  @Test
  void whatADatabaseThatWasLostHadIsTakenFromTheTopicAtTheStart() throws Exception {
    Eventually.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/site/" + LostDatabase.KEY)
                    .then()
                    .statusCode(200)
                    .body("value.reason", equalTo("new fan"))
                    .body("generation", equalTo((int) LostDatabase.GENERATION)));

    put(LostDatabase.KEY, "{\"reservedBytes\":7}");

    assertThat(last(LostDatabase.KEY, 2).generation()).isEqualTo(LostDatabase.GENERATION + 1);
    given()
        .get("/api/v1/audit?object=site/" + LostDatabase.KEY)
        .then()
        .body("items.action", hasSize(2))
        .body("items.action.sort()[1]", equalTo("site.restored"));
  }

  @Test
  void aSettingThatTheTopicLacksIsAnnouncedAgain() throws Exception {
    String key = key();
    put(key, "{\"state\":\"drained\"}");
    awaitPublished(key);

    assertThat(reconciliation.reconcile(key, Optional.empty())).isTrue();

    assertThat(last(key, 2).value()).containsEntry("state", "drained");
  }

  @Test
  void aSettingThatTheTopicShowsAsItIsIsNotAnnouncedAgain() throws Exception {
    String key = key();
    put(key, "{\"state\":\"drained\"}");

    assertThat(reconciliation.reconcile(key, Optional.of(last(key, 1)))).isFalse();
  }

  @Test
  void ofTwoWishesTheDatabasesCountsUnderAGenerationAboveTheTopics() throws Exception {
    String key = key();
    put(key, "{\"state\":\"drained\"}");
    awaitPublished(key);

    reconciliation.reconcile(key, Optional.of(said(key, 7)));

    assertThat(last(key, 2).generation()).isEqualTo(8);
    assertThat(last(key, 2).value()).containsEntry("state", "drained");
  }

  @Test
  void aSettingThatWasTakenBackHereIsTakenFromTheTopic() {
    String key = key();
    put(key, "{\"state\":\"drained\"}");
    given().delete("/api/v1/site/" + key).then().statusCode(204);
    awaitPublished(key);

    reconciliation.reconcile(key, Optional.of(said(key, 9)));

    assertThat(records(key, 3)).last().matches(record -> record.value() == null);
    put(key, "{\"reservedBytes\":1}");
    given().get("/api/v1/site/" + key).then().body("generation", equalTo(11));
  }

  @Test
  void aChangeGoesAboveWhatTheTopicWasHeardToShow() {
    String key = key();
    put(key, "{\"state\":\"drained\"}");

    Topic.publish(Topics.SITE_DESCRIBED, key, said(key, 40));

    Eventually.await()
        .untilAsserted(
            () -> given().get("/api/v1/site/" + key).then().body("generation", equalTo(40)));
    put(key, "{\"reservedBytes\":1}");
    given().get("/api/v1/site/" + key).then().body("generation", equalTo(41));
  }

  @Test
  void whatCanBeNoSettingIsRefused() {
    assertThatThrownBy(() -> reconciliation.reconcile("gpu/a/0", Optional.of(said("gpu/b/0", 1))))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> reconciliation.heard("gpu/a/0", said("gpu/a/0", 0)))
        .isInstanceOf(ProblemException.class);
  }

  private static String key() {
    return "gpu/" + Given.name("host") + "/0";
  }

  private static SiteDescribed said(String key, long generation) {
    return new SiteDescribed(key, Map.of("reservedBytes", 5), generation);
  }

  private static void put(String key, String body) {
    given()
        .contentType("application/json")
        .body(body)
        .put("/api/v1/site/" + key)
        .then()
        .statusCode(200);
  }

  private static void awaitPublished(String key) {
    String waiting =
        "select count(*) from outbox where key = '%s' and published_at is null".formatted(key);
    Eventually.await().untilAsserted(() -> assertThat(Tables.value(waiting)).isEqualTo("0"));
  }

  private static SiteDescribed last(String key, int atLeast) throws Exception {
    return Wire.read(records(key, atLeast).getLast().value(), SiteDescribed.class);
  }

  private static List<ConsumerRecord<String, byte[]>> records(String key, int atLeast) {
    return Topic.records(Topics.SITE_DESCRIBED, atLeast, record -> key.equals(record.key()));
  }
}
