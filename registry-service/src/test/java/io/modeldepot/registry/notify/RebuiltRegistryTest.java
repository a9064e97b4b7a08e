package io.modeldepot.registry.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.webhook.WebhookServer.Told;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A registry that lost its database reads everything again, and rings no bell for it. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@QuarkusTestResource(value = LostRegistry.class, restrictToAnnotatedClass = true)
class RebuiltRegistryTest {

  @Test
  void whatWasReadAgainIsNotToldAndWhatHappensNowIs() throws Exception {
    Patience.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/backups/" + LostRegistry.BACKUP)
                    .then()
                    .body("state", equalTo("failed")));
    Patience.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/site/notify/" + LostRegistry.NAME)
                    .then()
                    .body("generation", equalTo(7)));
    Patience.await().untilAsserted(() -> assertThat(unplaced()).isEqualTo("1"));
    Facts.placed(LostRegistry.MODEL, 2, Optional.of(PlacementObstacle.TOO_LARGE), Facts.now());

    String now = Given.name("now");
    Facts.failedBackup(now, Facts.now());

    Patience.await().untilAsserted(() -> assertThat(told("backup.failed")).isNotEmpty());
    assertThat(told("")).hasSize(1);
    assertThat(
            Tables.value(
                "select string_agg(object, ' ') from notification where receiver = '"
                    + LostRegistry.NAME
                    + "'"))
        .isEqualTo("maintenance/" + now);
    given().delete("/api/v1/site/notify/" + LostRegistry.NAME).then().statusCode(204);
  }

  private static List<String> told(String word) {
    return LostRegistry.SERVER.told().stream()
        .map(Told::text)
        .filter(text -> text.contains(word))
        .toList();
  }

  private static String unplaced() throws Exception {
    return Tables.value(
        "select count(*) from notification_circumstance where name like '%"
            + LostRegistry.MODEL
            + "'");
  }
}
