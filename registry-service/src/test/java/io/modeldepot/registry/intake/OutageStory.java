package io.modeldepot.registry.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.database.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = DepotTestResource.Own.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // injected, or set by the test resource
class OutageStory {
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @Inject Projection projection;

  TestBroker broker;
  TestDatabase database;

  @Test
  void whatIsAskedWhileTheBrokerIsDownGoesOutInOrderWhenItIsBack() {
    List<String> ids = new ArrayList<>();
    awaitNothingPending();
    broker.kill();
    try {
      for (int i = 0; i < 5; i++) {
        String id = Given.name("down");
        ids.add(id);
        given()
            .contentType("application/json")
            .header("Idempotency-Key", id)
            .body("{\"model\":\"phi-2\"}")
            .post("/api/v1/downloads")
            .then()
            .statusCode(202);
      }
      given().get("/api/v1/status").then().statusCode(200).body("outbox.pending", equalTo(5));
    } finally {
      broker.start();
    }

    List<String> published =
        Topic.records(
                broker.bootstrapServers(),
                Topics.DOWNLOAD_REQUESTED,
                5,
                record -> ids.stream().anyMatch(id -> text(record.value()).contains(id)))
            .stream()
            .map(record -> text(record.value()).replaceAll(".*\"requestId\":\"([^\"]+)\".*", "$1"))
            .distinct()
            .toList();
    assertThat(published).containsExactlyElementsOf(ids);
    awaitNothingPending();
  }

  @Test
  void nothingIsLostWhenTheDatabaseRestartsInTheMiddleOfProjecting() {
    String model = Given.name("restart");
    int versions = 40;
    for (int i = 0; i < versions; i++) {
      if (i == 10) {
        database.kill();
      }
      if (i == 30) {
        database.start();
      }
      String commit = "%040x".formatted(i + 1);
      ModelVerified said = Given.verified(model, commit, i + 1, commit, VersionState.PRESENT);
      publish(Topics.MODEL_VERIFIED, Given.key(said), said);
      String id = model + "-" + i;
      publish(
          Topics.DOWNLOAD_PROGRESSED,
          id,
          Given.progress(id, model, 1, DownloadState.TRANSFERRING, i));
      Topic.publish(
          broker.bootstrapServers(),
          Topics.DOWNLOAD_REQUESTED,
          null,
          "{\"model\":\"phi-2\",\"requestId\":\"asked-%s\"}".formatted(id),
          Map.of());
    }

    Awaitility.await()
        .atMost(RECOVERY)
        .untilAsserted(
            () -> {
              given()
                  .get("/api/v1/models/" + model)
                  .then()
                  .statusCode(200)
                  .body("versions", equalTo(versions))
                  .body("current.generation", equalTo(versions));
              for (int i = 0; i < versions; i++) {
                given().get("/api/v1/downloads/" + model + "-" + i).then().statusCode(200);
                given().get("/api/v1/downloads/asked-" + model + "-" + i).then().statusCode(200);
              }
            });
    given().get("/api/v1/audit/verify").then().body("intact", equalTo(true));
  }

  /** As when a start fails: what Hibernate says then is no word about a database. */
  @Test
  void noRecordIsAtFaultForAsLongAsTheDatabaseDoesNotAnswer() throws Exception {
    Projection.Place place = Projection.Place.of("download-requested", 0, 481);
    AtomicInteger tried = new AtomicInteger();
    AtomicBoolean failing = new AtomicBoolean(true);
    database.stop();
    try {
      CompletableFuture<Boolean> applied =
          CompletableFuture.supplyAsync(
              () ->
                  projection.isApplied(
                      place,
                      Instant.now(),
                      () -> {
                        tried.incrementAndGet();
                        if (failing.get()) {
                          throw new IllegalStateException("nothing that names a database");
                        }
                        return true;
                      }));
      Awaitility.await().atMost(RECOVERY).until(() -> tried.get() > 5);
      assertThat(applied).isNotDone();

      failing.set(false);

      assertThat(applied.get(RECOVERY.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      database.start();
    }
  }

  @Test
  void aRecordThatIsAtFaultItselfIsSkipped() {
    boolean applied =
        projection.isApplied(
            Projection.Place.of("download-requested", 0, 482),
            Instant.now(),
            () -> {
              throw new IllegalStateException("whatever the database says");
            });

    assertThat(applied).isFalse();
  }

  @Test
  void whileTheDatabaseIsAwayTheAnswerSaysSoAndWhenToComeBack() {
    database.stop();
    try {
      given()
          .get("/api/v1/models")
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", notNullValue())
          .body("code", equalTo("database-unavailable"));
    } finally {
      database.start();
    }
    Awaitility.await()
        .atMost(RECOVERY)
        .untilAsserted(() -> given().get("/api/v1/models").then().statusCode(200));
  }

  @Test
  void projectingGoesOnAfterTheBrokerRestarts() {
    String model = Given.name("broker");
    broker.restart();

    ModelVerified said =
        Given.verified(model, Given.commit('a'), 1, Given.commit('a'), VersionState.PRESENT);
    publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    String id = Given.name("asked");
    Topic.publish(
        broker.bootstrapServers(),
        Topics.DOWNLOAD_REQUESTED,
        null,
        "{\"model\":\"phi-2\",\"requestId\":\"" + id + "\"}",
        Map.of());

    Awaitility.await()
        .atMost(RECOVERY)
        .untilAsserted(
            () -> {
              given().get("/api/v1/models/" + model).then().statusCode(200);
              given().get("/api/v1/downloads/" + id).then().statusCode(200);
            });
  }

  private static void awaitNothingPending() {
    Awaitility.await()
        .atMost(RECOVERY)
        .untilAsserted(
            () -> given().get("/api/v1/status").then().body("outbox.pending", equalTo(0)));
  }

  private void publish(TopicSpec topic, String key, Object payload) {
    Topic.publish(broker.bootstrapServers(), topic, key, text(Wire.write(payload)), Map.of());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
