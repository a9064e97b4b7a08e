package io.modeldepot.registry.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.fact.FoundBy;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.RepairState;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.webhook.WebhookServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is news and what is not, from the facts of the other services. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class NewsTest {
  private Watched all;

  @BeforeEach
  void set() {
    all = Watched.of(new WebhookServer(), "*");
  }

  @AfterEach
  void end() {
    all.close();
  }

  @Test
  void theEndOfADownloadIsNewsAndAPlanOrACancelIsNone() {
    String done = download(DownloadState.DONE);
    String failed = download(DownloadState.FAILED);
    String cancelled = download(DownloadState.CANCELLED);
    String model = Given.name("planned");
    String plan = Given.name("plan");
    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        model,
        "{\"model\":\"%s\",\"repository\":\"o/x\",\"plan\":true,\"requestId\":\"%s\"}"
            .formatted(model, plan),
        Map.of());
    Patience.await()
        .untilAsserted(
            () -> given().get("/api/v1/downloads/" + plan).then().body("planOnly", equalTo(true)));
    publish(Given.progress(plan, model, 3, DownloadState.FAILED, 0));
    barrier();

    assertThat(all.awaitTold("model/" + done).path("type").asText())
        .isEqualTo("io.modeldepot.download.done.v1");
    assertThat(all.awaitTold("model/" + failed).at("/data/say").asText())
        .startsWith("The download of " + failed + " failed: ");
    assertThat(all.subjects()).doesNotContain("model/" + cancelled, "model/" + model);
  }

  @Test
  void damageIsNewsWithWhoIsServedByIt() {
    String model = Given.name("rotten");
    ModelCorrupted fact =
        new ModelCorrupted(
            LocationName.of("default"),
            ModelName.of(model),
            CommitId.of(Given.commit('a')),
            "model.safetensors",
            CorruptionKind.BITROT,
            List.of(3),
            FoundBy.SCRUB,
            RepairState.REQUESTED,
            Facts.now(),
            List.of("gpu-host/0", "gpu-host/1", "a", "b"),
            Optional.empty());
    Topic.publish(Topics.MODEL_CORRUPTED, model, fact);
    Topic.publish(Topics.MODEL_CORRUPTED, model, fact);
    String subject = "model/" + model + "@" + Given.commit('a');

    JsonNode event = all.awaitTold(subject);
    barrier();

    assertThat(event.at("/data/say").asText())
        .contains("model.safetensors of " + model + "@aaaaaaa at default is damaged (bitrot)")
        .contains("served to gpu-host/0, gpu-host/1, a and 1 more");
    assertThat(all.subjects()).filteredOn(subject::equals).hasSize(1);
  }

  @Test
  void aBackupThatWentWellIsNewsAndACheckThatDidIsNone() {
    String fine = Given.name("checked");
    String made = Given.name("made");
    Facts.maintained(fine, "default", MaintenanceKind.CHECK, MaintenanceState.DONE, Facts.now());
    Facts.maintained(made, "default", MaintenanceKind.BACKUP, MaintenanceState.DONE, Facts.now());

    JsonNode event = all.awaitTold("maintenance/" + made);

    assertThat(event.path("type").asText()).isEqualTo("io.modeldepot.backup.done.v1");
    assertThat(event.at("/data/details/backup").asText()).isEqualTo("b-1");
    assertThat(all.subjects()).doesNotContain("maintenance/" + fine);
  }

  @Test
  void aModelThatFitsNowhereIsToldOnceUntilItHadAPlace() {
    String model = Given.name("large");
    String other = Given.name("unasked");
    Facts.placed(other, 1, Optional.of(PlacementObstacle.NOT_ASKED), Facts.now());
    Facts.placed(model, 1, Optional.of(PlacementObstacle.TOO_LARGE), Facts.now());
    Facts.placed(model, 2, Optional.of(PlacementObstacle.NO_ROOM), Facts.now());
    all.awaitTold("model/" + model);
    Facts.placed(model, 3, Optional.of(PlacementObstacle.NOT_ASKED), Facts.now());
    Facts.placed(model, 4, Optional.of(PlacementObstacle.TOO_LARGE), Facts.now());
    Patience.await()
        .untilAsserted(
            () -> assertThat(all.subjects()).filteredOn(("model/" + model)::equals).hasSize(2));

    assertThat(all.subjects()).doesNotContain("model/" + other);
  }

  @Test
  void littleSpaceIsToldOnceUntilThereIsClearlyMore() {
    String location = Given.name("small");
    for (long percent : List.of(4, 3, 6, 4)) {
      Facts.stored(location, percent, Facts.now());
    }
    all.awaitTold("storage/" + location);
    Facts.stored(location, 8, Facts.now());
    Facts.stored(location, 4, Facts.now());
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(all.subjects()).filteredOn(("storage/" + location)::equals).hasSize(2));

    forget(location);
  }

  @Test
  void aLocationThatReportsNoMoreIsToldWhenItsTimeIsOver() {
    String location = Given.name("lost");
    Facts.stored(location, 50, Facts.now().minus(Duration.ofMinutes(15)).plusSeconds(1));

    assertThat(all.awaitTold("storage/" + location).path("type").asText())
        .isEqualTo("io.modeldepot.location.lost.v1");
    forget(location);
  }

  @Test
  void aBackupThatWasNotMadeIsToldOnceUntilItIs() throws Exception {
    String location = Given.name("unsaved");
    String schedule = Given.name("s").replace('.', '-');
    Facts.stored(location, 50, Facts.now());
    given()
        .contentType("application/json")
        .body(
            "{\"cron\":\"*/10 * * * *\",\"command\":{\"action\":\"backup\",\"location\":\"%s\"}}"
                .formatted(location))
        .put("/api/v1/site/schedule/" + schedule)
        .then()
        .statusCode(200);
    barrier();
    assertThat(all.subjects()).as("just set").doesNotContain("site/schedule/" + schedule);

    Tables.run(
        "update site_setting set updated_at = now() - interval '1 hour' where key = 'schedule/"
            + schedule
            + "'");
    JsonNode event = all.awaitTold("site/schedule/" + schedule);
    assertThat(event.path("type").asText()).isEqualTo("io.modeldepot.backup.missed.v1");
    assertThat(event.at("/data/details/location").asText()).isEqualTo(location);
    assertThat(circumstances(schedule)).isEqualTo("1");

    Facts.maintained(
        Given.name("made"), location, MaintenanceKind.BACKUP, MaintenanceState.DONE, Facts.now());

    Patience.await().untilAsserted(() -> assertThat(circumstances(schedule)).isEqualTo("0"));
    assertThat(all.subjects()).filteredOn(("site/schedule/" + schedule)::equals).hasSize(1);
    given().delete("/api/v1/site/schedule/" + schedule).then().statusCode(204);
    forget(location);
  }

  @Test
  void anUpdateThatWaitsForAYesIsToldOnceHoweverOftenTheHubIsLookedAt() {
    String model = Given.name("waits");
    String here = Given.commit('b');
    Given.entry(model);
    ModelVerified said = Given.verified(model, here, 1, here, VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    Patience.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/models/" + model)
                    .then()
                    .body("current.commit", equalTo(here)));
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", "*")
        .body("{\"update\":\"approve\"}")
        .patch("/api/v1/models/" + model)
        .then()
        .statusCode(200);
    Patience.await()
        .untilAsserted(() -> assertThat(looks(model)).as("one look is asked for").hasSize(1));

    planned(looks(model).getFirst(), model);

    JsonNode event = all.awaitTold("model/" + model);
    assertThat(event.path("type").asText()).isEqualTo("io.modeldepot.update.waiting.v1");
    assertThat(event.at("/data/details/commit").asText()).isEqualTo(Given.commit('a'));
  }

  private static List<String> looks(String model) {
    return given().get("/api/v1/downloads?model=" + model).jsonPath().getList("items.id");
  }

  private static void planned(String id, String model) {
    ObjectNode planned =
        Wire.mapper().valueToTree(Given.progress(id, model, 3, DownloadState.PLANNED, 0));
    ObjectNode plan = planned.putObject("plan");
    plan.put("fetchBytes", 1).put("reusedBytes", 0).put("freeAfterBytes", 1).putArray("files");
    Topic.publish(Topics.DOWNLOAD_PROGRESSED, id, planned);
  }

  private static String download(DownloadState state) {
    String model = Given.name("model");
    publish(Given.progress(Given.name("d"), model, 3, state, 10));
    return model;
  }

  private static void publish(io.modeldepot.events.state.DownloadProgressed said) {
    Topic.publish(Topics.DOWNLOAD_PROGRESSED, said.requestId().value(), said);
  }

  /** Whatever was said before of backups is told, if it is told at all. */
  private void barrier() {
    all.awaitTold(Facts.failedBackup(Given.name("barrier"), Facts.now()));
  }

  private static String circumstances(String schedule) throws Exception {
    return Tables.value(
        "select count(*) from notification_circumstance where name like '%" + schedule + "%'");
  }

  /** It would be lost for the tests after this one. */
  private static void forget(String location) {
    Topic.publish(Topics.STORAGE_REPORTED, location, (String) null, Map.of());
  }
}
