package io.modeldepot.registry.maintenance;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.modeldepot.events.fact.CorruptionKind;
import io.modeldepot.events.fact.FoundBy;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.ModelRemoved;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.fact.RemovedWhat;
import io.modeldepot.events.fact.RepairState;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class CleanupsTest {
  @Inject MaintenanceRequests requests;

  @Test
  void whatHasNotEndedIsAskedForAgainAtTheStart() throws Exception {
    String model = Given.name("asked-again");
    String ended = Given.name("ended-before");
    String id = ask(model);
    say(ask(ended), 2, MaintenanceState.DONE, Map.of());
    Topic.records(Topics.CLEANUP_DUE, 1, record -> model.equals(record.key()));
    Eventually.await()
        .untilAsserted(
            () ->
                assertThat(
                        Tables.value(
                            "select is_final from maintenance where model = '" + ended + "'"))
                    .isEqualTo("t"));

    assertThat(requests.askAgain()).isPositive();

    List<ConsumerRecord<String, byte[]>> commands =
        Topic.records(Topics.CLEANUP_DUE, 2, record -> model.equals(record.key()));
    assertThat(commands).hasSize(2).allMatch(it -> new String(it.value(), UTF_8).contains(id));
    assertThat(new String(commands.get(1).value(), UTF_8))
        .isEqualTo(new String(commands.get(0).value(), UTF_8));
    assertThat(new String(commands.get(1).headers().lastHeader("depot_maxage").value(), UTF_8))
        .as("not longer than the hour that it had")
        .matches("3[0-9]{3}");
    assertThat(Topic.records(Topics.CLEANUP_DUE, 1, record -> ended.equals(record.key())))
        .hasSize(1);
  }

  private static String ask(String model) {
    return post("{\"scope\":\"versions\",\"model\":\"%s\"}".formatted(model))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  @Test
  void aRequestGoesOutAndWhatCameOfItIsShown() {
    String model = Given.name("cleaned");
    String id =
        post("{\"scope\":\"versions\",\"model\":\"%s\"}".formatted(model))
            .then()
            .statusCode(202)
            .body("state", equalTo("accepted"))
            .body("final", equalTo(false))
            .extract()
            .path("id");

    List<String> commands =
        Topic.records(Topics.CLEANUP_DUE, 1, record -> model.equals(record.key())).stream()
            .map(record -> new String(record.value(), UTF_8))
            .toList();
    assertThat(commands)
        .containsExactly(
            "{\"scope\":\"versions\",\"model\":\"%s\",\"requestId\":\"%s\"}".formatted(model, id));

    say(id, 2, MaintenanceState.RUNNING, Map.of());
    say(id, 3, MaintenanceState.DONE, Map.of("planId", "c-1", "freedBytes", 5, "kept", List.of()));
    say(id, 2, MaintenanceState.RUNNING, Map.of());
    Response done = await("/api/v1/cleanups/" + id, it -> it.path("state").equals("done"));

    done.then()
        .body("final", equalTo(true))
        .body("kind", equalTo("cleanup"))
        .body("location", equalTo("default"))
        .body("result.planId", equalTo("c-1"))
        .body("result.kept.size()", equalTo(0))
        .body("asked.scope", equalTo("versions"));
    given()
        .get("/api/v1/cleanups")
        .then()
        .body("items.id", hasItem(id))
        .body("items.find { it.id == '" + id + "' }.result.kept", nullValue());
    given()
        .get("/api/v1/audit?object=model/" + model)
        .then()
        .body("items.action", hasItem("cleanups.requested"))
        .body("items.action", hasItem("cleanups.ended"));
  }

  @Test
  void anEndIsTakenWhateverWasToldByAClockThatRanAhead() {
    String id = post("{\"scope\":\"cache\"}").then().statusCode(202).extract().path("id");

    say(id, 1_795_858_533_967L, MaintenanceState.WAITING, Map.of());
    say(id, 1_795_856_691_305L, MaintenanceState.RUNNING, Map.of());
    say(id, 1_795_856_695_716L, MaintenanceState.DONE, Map.of("freedBytes", 5));
    say(id, 1_795_858_533_968L, MaintenanceState.WAITING, Map.of());

    await("/api/v1/cleanups/" + id, it -> it.path("state").equals("done"))
        .then()
        .body("final", equalTo(true))
        .body("result.freedBytes", equalTo(5));
  }

  @Test
  void theSameRequestAgainIsTheSameAndAnotherUnderItsKeyIsRefused() {
    String key = Given.name("key");
    String first = "{\"scope\":\"cache\",\"dryRun\":true}";

    String id = keyed(key, first).then().statusCode(202).extract().path("id");
    keyed(key, first).then().statusCode(202).body("id", equalTo(id));
    keyed(key, "{\"scope\":\"trash\"}")
        .then()
        .statusCode(409)
        .body("code", equalTo("duplicate-id"));
  }

  @Test
  void whatCannotBeMeantIsRefusedWithThePlace() {
    post("{\"scope\":\"model\"}")
        .then()
        .statusCode(422)
        .body("code", equalTo("invalid"))
        .body("errors[0].pointer", equalTo("/model"));
    post("{\"scope\":\"integrity\",\"action\":\"verify\"}")
        .then()
        .statusCode(422)
        .body("errors[0].detail", equalTo("This is asked for under /api/v1/integrity."));
  }

  @Test
  void aCommandByHandIsShownAndARemovalIsAudited() {
    String id = Given.name("by-hand");
    String model = Given.name("removed");
    Topic.publish(
        Topics.CLEANUP_DUE, null, "{\"scope\":\"trash\",\"requestId\":\"" + id + "\"}", Map.of());
    await("/api/v1/cleanups/" + id, it -> it.statusCode() == 200)
        .then()
        .body("origin", equalTo("event"))
        .body("actor", equalTo("kafka"));

    Topic.publish(
        Topics.MODEL_REMOVED,
        model,
        new ModelRemoved(
            LocationName.of("default"),
            ModelName.of(model),
            Optional.of(CommitId.of(Given.commit('d'))),
            RemovedWhat.VERSION,
            RemovalReason.RETENTION,
            7,
            Optional.of(Instant.parse("2026-11-27T00:00:00Z")),
            Optional.of("20261124T000000Z-" + model),
            Optional.of(RequestId.of(id)),
            Instant.parse("2026-11-24T00:00:00Z")));

    await(
            "/api/v1/audit?object=model/" + model + "@" + Given.commit('d'),
            it -> !it.<List<?>>path("items").isEmpty())
        .then()
        .body("items[0].action", equalTo("version.removed"))
        .body("items[0].detail.reason", equalTo("retention"));
  }

  @Test
  void damageIsAuditedWithTheFileAndWhoIsServed() {
    String model = Given.name("damaged");
    String place = ".depot/quarantine/20261124T000000Z-" + model + "/model.safetensors";
    Topic.publish(
        Topics.MODEL_CORRUPTED,
        model,
        new ModelCorrupted(
            LocationName.of("default"),
            ModelName.of(model),
            CommitId.of(Given.commit('e')),
            "model.safetensors",
            CorruptionKind.BITROT,
            List.of(17),
            FoundBy.SCRUB,
            RepairState.NONE,
            Instant.parse("2026-11-24T00:00:00Z"),
            List.of("placed on GPU gpu-host/0"),
            Optional.of(place)));

    await(
            "/api/v1/audit?object=model/" + model + "&filter=action=version.corrupted",
            it -> !it.<List<?>>path("items").isEmpty())
        .then()
        .body("items[0].object", equalTo("model/" + model + "@" + Given.commit('e')))
        .body("items[0].detail.path", equalTo("model.safetensors"))
        .body("items[0].detail.kind", equalTo("bitrot"))
        .body("items[0].detail.repair", equalTo("none"))
        .body("items[0].detail.badBlocks", equalTo(List.of(17)))
        .body("items[0].detail.servedTo", equalTo(List.of("placed on GPU gpu-host/0")))
        .body("items[0].detail.quarantine", equalTo(place));
  }

  private static Response post(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/cleanups");
  }

  private static Response keyed(String key, String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/cleanups");
  }

  private static void say(
      String id, long sequence, MaintenanceState state, Map<String, Object> result) {
    Topic.publish(
        Topics.MAINTENANCE_PROGRESSED,
        id,
        new MaintenanceProgressed(
            RequestId.of(id),
            MaintenanceKind.CLEANUP,
            LocationName.of("default"),
            state,
            sequence,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            result,
            Instant.parse("2026-11-24T00:00:00Z")));
  }

  private static Response await(String path, Predicate<Response> like) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      Response answer = given().get(path);
      if (answer.statusCode() == 200 && like.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within 20 s: " + path + "\n" + answer.asString());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
