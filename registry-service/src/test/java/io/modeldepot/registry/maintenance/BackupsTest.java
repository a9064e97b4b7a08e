package io.modeldepot.registry.maintenance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class BackupsTest {

  @Test
  void aBackupAskedByRestGoesOutAsItsCommandUnderTheSameId() throws Exception {
    String id = Given.name("save");

    post("backups", id, "{\"family\":\"llama\"}")
        .statusCode(202)
        .header("Location", containsString("/api/v1/backups/" + id))
        .body("state", equalTo("accepted"))
        .body("asked.family", equalTo("llama"));

    List<ConsumerRecord<String, byte[]>> commands =
        Topic.records(
            Topics.BACKUP_DUE,
            1,
            r -> new String(r.value(), java.nio.charset.StandardCharsets.UTF_8).contains(id));
    BackupDue command = Wire.read(commands.getFirst().value(), BackupDue.class);
    assertThat(command.requestId()).contains(RequestId.of(id));
    given()
        .get("/api/v1/audit?limit=500")
        .then()
        .body("items.action", hasItem("backups.requested"));
  }

  @Test
  void theSameAgainIsOneRequestAndAnotherUnderItsIdIsRefused() {
    String id = Given.name("again");
    post("backups", id, "{}").statusCode(202);

    post("backups", id, "{}").statusCode(202).body("id", equalTo(id));
    post("backups", id, "{\"model\":\"phi-2\"}")
        .statusCode(409)
        .body("code", equalTo("duplicate-id"));
  }

  @Test
  void whatCannotBeMeantIsRefusedWithItsPlace() {
    post("backups", Given.name("x"), "{\"scope\":\"family\"}")
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/family"));
    post("restores", Given.name("x"), "{}").statusCode(422);
  }

  @Test
  void progressAndResultOfTheJanitorAreShown() {
    String id = Given.name("shown");
    post("restores", id, "{\"backup\":\"b-1\"}").statusCode(202);

    say(id, MaintenanceKind.RESTORE, MaintenanceState.RUNNING, 2, Map.of());
    say(id, MaintenanceKind.RESTORE, MaintenanceState.DONE, 4, Map.of("backup", "b-1"));
    say(id, MaintenanceKind.RESTORE, MaintenanceState.RUNNING, 3, Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/restores/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("done"))
                .body("final", equalTo(true))
                .body("requestId", equalTo(id))
                .body("backup", equalTo("b-1"))
                .body("result.backup", equalTo("b-1")));
    given().get("/api/v1/backups/" + id).then().statusCode(404);
  }

  @Test
  void aCommandPublishedByHandIsShownWithItsFailure() {
    String id = Given.name("hand");
    Topic.publish(
        Topics.BACKUP_DUE, null, "{\"action\":\"check\",\"requestId\":\"" + id + "\"}", Map.of());
    say(id, MaintenanceKind.CHECK, MaintenanceState.FAILED, 5, Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/backups/" + id)
                .then()
                .statusCode(200)
                .body("origin", equalTo("event"))
                .body("kind", equalTo("check"))
                .body("asked.action", equalTo("check"))
                .body("problem.code", equalTo("backup-damaged")));
    given().get("/api/v1/backups?state=failed&limit=500").then().body("items.id", hasItem(id));
  }

  @Test
  void aFailedDrillNeedsAttentionUntilOneWasDone() {
    String failed = Given.name("drill");
    post("backups", failed, "{\"action\":\"drill\",\"model\":\"" + failed + "\"}").statusCode(202);
    say(failed, MaintenanceKind.DRILL, MaintenanceState.FAILED, 2, Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/status")
                .then()
                .body("attention.object", hasItem("maintenance/" + failed))
                .body("attention.say", hasItem("A drill of a restore at default failed: A pack.")));

    String done = Given.name("drill");
    post("backups", done, "{\"action\":\"drill\",\"model\":\"" + failed + "\"}").statusCode(202);
    say(done, MaintenanceKind.DRILL, MaintenanceState.DONE, 2, Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/status")
                .then()
                .body("attention.object", not(hasItem("maintenance/" + failed))));
  }

  private static void say(
      String id,
      MaintenanceKind kind,
      MaintenanceState state,
      long sequence,
      Map<String, Object> result) {
    Topic.publish(
        Topics.MAINTENANCE_PROGRESSED,
        id,
        new MaintenanceProgressed(
            RequestId.of(id),
            kind,
            LocationName.of("default"),
            state,
            sequence,
            Optional.of(1L),
            Optional.of(2L),
            Optional.empty(),
            state == MaintenanceState.FAILED
                ? Optional.of(Problem.of(ProblemCode.BACKUP_DAMAGED, "A pack."))
                : Optional.empty(),
            result,
            Instant.parse("2026-11-26T07:00:00Z")));
  }

  private static ValidatableResponse post(String resource, String key, String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/" + resource)
        .then();
  }

  private static void eventually(Runnable assertion) {
    Eventually.await().untilAsserted(assertion::run);
  }
}
