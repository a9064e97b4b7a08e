package io.modeldepot.registry.downloads;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class DownloadsTest {
  @Inject Requests requests;

  @Test
  void aRequestIsARowAnAuditEntryAndACommandWithTheSameId() throws Exception {
    String id = Given.name("r");

    post(id, "{\"model\":\"phi-2\"}")
        .statusCode(202)
        .header("Location", containsString("/api/v1/downloads/" + id))
        .header("Retry-After", equalTo("2"))
        .body("state", equalTo("requested"))
        .body("model", equalTo("phi-2"))
        .body("repository", equalTo("microsoft/phi-2"))
        .body("revision", equalTo("main"))
        .body("actor", equalTo("local"))
        .body("origin", equalTo("rest"));

    List<ConsumerRecord<String, byte[]>> commands = commands(id, 1);
    assertThat(commands.getFirst().key()).isEqualTo("phi-2");
    DownloadRequested command = Wire.read(commands.getFirst().value(), DownloadRequested.class);
    assertThat(command.requestId()).contains(RequestId.of(id));
    audit(id).body("items.action", hasItem("download.requested"));
  }

  @Test
  void theSameRequestAgainIsAnsweredAsBeforeAndNotSentAgain() {
    String id = Given.name("again");
    post(id, "{\"model\":\"phi-2\",\"priority\":7}").statusCode(202);
    post(id, "{\"priority\":7,\"model\":\"phi-2\"}").statusCode(202).body("id", equalTo(id));
    String later = Given.name("later");
    post(later, "{\"model\":\"phi-2\"}").statusCode(202);
    commands(later, 1);

    assertThat(commands(id, 1)).hasSize(1);
    audit(id).body("items", hasSize(1));
  }

  @Test
  void whatHasNotEndedIsAskedForAgainAtTheStartAndWhatHasIsNot() throws Exception {
    String open = Given.name("open");
    String cancelled = Given.name("cancelled");
    String over = Given.name("over");
    for (String id : List.of(open, cancelled, over)) {
      post(id, "{\"model\":\"phi-2\"}").statusCode(202);
    }
    given().delete("/api/v1/downloads/" + cancelled).then().statusCode(202);
    progress(over, 1, DownloadState.DONE, 7);
    Eventually.await().untilAsserted(() -> get(over).body("final", equalTo(true)));
    commands(open, 1);
    commands(cancelled, 2);

    assertThat(requests.askAgain()).isPositive();

    List<ConsumerRecord<String, byte[]>> again = commands(open, 2);
    assertThat(again).hasSize(2);
    assertThat(Wire.read(again.get(1).value(), DownloadRequested.class))
        .isEqualTo(Wire.read(again.get(0).value(), DownloadRequested.class));
    assertThat(Long.parseLong(maxAge(again.get(1))))
        .as("for what is left of its age")
        .isBetween(86_400L - 600, 86_400L);
    assertThat(commands(cancelled, 4)).hasSize(4);
    assertThat(commands(over, 1)).hasSize(1);
    audit(open).body("items", hasSize(1));
  }

  @Test
  void whatIsTooOldOrWasPublishedByHandIsNotAskedForAgain() throws Exception {
    String old = Given.name("old");
    post(old, "{\"model\":\"phi-2\"}").statusCode(202);
    Tables.run(
        "update download set created_at = now() - interval '25 hours' where id = '" + old + "'");
    String byHand = Given.name("by-hand");
    byHand("{\"model\":\"phi-2\",\"requestId\":\"" + byHand + "\"}");
    Eventually.await().untilAsserted(() -> get(byHand).statusCode(200));
    String later = Given.name("later");
    post(later, "{\"model\":\"phi-2\"}").statusCode(202);

    assertThat(requests.askAgain()).isPositive();

    commands(later, 2);
    assertThat(commands(old, 1)).hasSize(1);
    assertThat(commands(byHand, 1)).hasSize(1);
  }

  @Test
  void anotherRequestUnderTheSameIdIsRefused() {
    String id = Given.name("dup");
    post(id, "{\"model\":\"phi-2\"}").statusCode(202);

    post(id, "{\"model\":\"mistral-7b\"}").statusCode(409).body("code", equalTo("duplicate-id"));
  }

  @Test
  void aKeyOfAnotherFormIsMadeIntoAnIdAndStillRecognised() {
    String key = "ключ " + Given.name("k");
    String id = post(key, "{\"model\":\"phi-2\"}").statusCode(202).extract().path("id");

    assertThat(id).startsWith("h-");
    post(key, "{\"model\":\"phi-2\"}").statusCode(202).body("id", equalTo(id));
  }

  @Test
  void aModelThatNobodyKnowsIsRefusedAtOnce() {
    post(Given.name("x"), "{\"model\":\"nobody-knows-it\"}")
        .statusCode(404)
        .body("code", equalTo("unknown-model"));
  }

  @Test
  void aRepositoryThatTheCatalogDoesNotKnowMakesItsEntry() {
    String name = Given.name("Fresh");
    String model = name.toLowerCase(java.util.Locale.ROOT);

    post(Given.name("x"), "{\"repository\":\"Some-Org/" + name + "\",\"profile\":\"serving\"}")
        .statusCode(202)
        .body("model", equalTo(model));

    given()
        .get("/api/v1/models/" + model)
        .then()
        .statusCode(200)
        .body("repository", equalTo("Some-Org/" + name))
        .body("family", equalTo("some-org"))
        .body("profile", equalTo("serving"));
    assertThat(Topic.records(Topics.MODEL_DESCRIBED, 1, record -> model.equals(record.key())))
        .isNotEmpty();
  }

  @Test
  void anotherRepositoryWithTheSameLastPartIsANameClash() {
    String name = Given.name("clash");
    post(Given.name("x"), "{\"repository\":\"org-a/" + name + "\"}").statusCode(202);

    post(Given.name("x"), "{\"repository\":\"org-b/" + name + "\"}")
        .statusCode(409)
        .body("code", equalTo("name-clash"));
  }

  @Test
  void aCommitPinsTheModelAndABranchUnpinsIt() {
    String model = Given.name("pins");
    Given.entry(model);
    post(
            Given.name("x"),
            "{\"model\":\"%s\",\"revision\":\"%s\"}".formatted(model, Given.commit('b')))
        .statusCode(202);
    given().get("/api/v1/models/" + model).then().body("pin", equalTo(Given.commit('b')));

    post(Given.name("x"), "{\"model\":\"%s\",\"revision\":\"main\"}".formatted(model))
        .statusCode(202);

    given().get("/api/v1/models/" + model).then().body("pin", nullValue());
  }

  @Test
  void aRequestPublishedByHandIsWorthTheSame() {
    String id = Given.name("hand");

    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        "phi-2",
        "{\"model\":\"phi-2\",\"requestId\":\"" + id + "\"}",
        Map.of());

    eventually(
        () ->
            get(id)
                .statusCode(200)
                .body("origin", equalTo("event"))
                .body("actor", equalTo("kafka")));
    audit(id).body("items.actor", hasItem("kafka")).body("items.source", hasItem("event"));
  }

  @Test
  void theSmallestRequestByHandGetsAnId() {
    String model = Given.name("smallest");
    Given.entry(model);

    Topic.publish(Topics.DOWNLOAD_REQUESTED, null, "{\"model\":\"" + model + "\"}", Map.of());

    eventually(
        () ->
            given()
                .get("/api/v1/downloads?model=" + model)
                .then()
                .body("items", hasSize(1))
                .body("items[0].id", org.hamcrest.Matchers.startsWith("k-")));
  }

  @Test
  void aPoisonRequestDoesNotStopTheNextOne() {
    String id = Given.name("after-poison");
    Topic.publish(Topics.DOWNLOAD_REQUESTED, null, "no json at all", Map.of());
    Topic.publish(Topics.DOWNLOAD_REQUESTED, null, "{\"model\":5}", Map.of());
    Topic.publish(Topics.DOWNLOAD_REQUESTED, null, "{}", Map.of());
    Topic.publish(Topics.DOWNLOAD_FAILED, null, "[]", Map.of());

    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        null,
        "{\"model\":\"phi-2\",\"requestId\":\"" + id + "\"}",
        Map.of());

    eventually(() -> get(id).statusCode(200));
  }

  @Test
  void theSameRecordTwiceIsOneDownloadAndOneAuditEntry() {
    String id = Given.name("twice");
    String value = "{\"model\":\"phi-2\",\"requestId\":\"" + id + "\"}";
    Topic.publish(Topics.DOWNLOAD_REQUESTED, "phi-2", value, Map.of());
    Topic.publish(Topics.DOWNLOAD_REQUESTED, "phi-2", value, Map.of());
    String later = Given.name("later");
    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        null,
        "{\"model\":\"phi-2\",\"requestId\":\"" + later + "\"}",
        Map.of());
    eventually(() -> get(later).statusCode(200));

    audit(id).body("items", hasSize(1));
  }

  @Test
  void progressIsShownAndOldProgressAfterNewIsNot() {
    String id = requested();
    progress(id, 5, DownloadState.TRANSFERRING, 500);
    progress(id, 4, DownloadState.CHECKING, 0);
    progress(id, 6, DownloadState.TRANSFERRING, 600);

    eventually(
        () ->
            get(id)
                .body("state", equalTo("transferring"))
                .body("doneBytes", equalTo(600))
                .body("sequence", equalTo(6))
                .body("final", equalTo(false)));
  }

  @Test
  void anEndIsNeverLeft() {
    String id = requested();
    progress(id, 9, DownloadState.DONE, 1000);
    progress(id, 10, DownloadState.TRANSFERRING, 1);
    String later = requested();
    progress(later, 1, DownloadState.CHECKING, 0);

    eventually(() -> get(later).body("state", equalTo("checking")));
    get(id)
        .body("state", equalTo("done"))
        .body("final", equalTo(true))
        .body("doneBytes", equalTo(1000));
  }

  @Test
  void anEndIsTakenThoughItsNumberIsLowerThanThatOfWhatWasTold() {
    String id = requested();
    progress(id, 9, DownloadState.TRANSFERRING, 900);
    progress(id, 4, DownloadState.DONE, 1000);

    eventually(() -> get(id).body("state", equalTo("done")).body("final", equalTo(true)));
  }

  @Test
  void aFailureIsAProblemWithItsRemedies() {
    String id = requested();

    fail(id, List.of(), ProblemCode.NO_SPACE);

    eventually(
        () ->
            get(id)
                .body("state", equalTo("failed"))
                .body("problem.code", equalTo("no-space"))
                .body("problem.status", equalTo(507))
                .body("problem.type", equalTo("/problems/no-space"))
                .body("problem.instance", equalTo("/api/v1/downloads/" + id))
                .body("problem.evidence.freeBytes", equalTo(12))
                .body("problem.remedies[0].say", equalTo("See what takes the space")));
    audit(id).body("items.action", hasItem("download.failed"));
    given().get("/api/v1/status").then().body("attention.code", hasItem("no-space"));
  }

  @Test
  void thoseWhoJoinedEndAsTheirHostEnds() {
    String host = requested();
    String joined = requested();
    progress(joined, 1, DownloadState.JOINED, 0);
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED,
        host,
        Given.progress(host, "phi-2", 7, DownloadState.TRANSFERRING, 700, List.of(host, joined)));
    eventually(
        () ->
            get(joined)
                .body("state", equalTo("transferring"))
                .body("joinedTo", equalTo(host))
                .body("doneBytes", equalTo(700)));

    fail(host, List.of(host, joined), ProblemCode.GATED);

    eventually(
        () -> get(joined).body("state", equalTo("failed")).body("problem.code", equalTo("gated")));
    get(host).body("state", equalTo("failed"));
  }

  @Test
  void progressOfARequestThatNobodyHeardOfIsKept() {
    String id = Given.name("lost");

    progress(id, 3, DownloadState.TRANSFERRING, 300);

    eventually(
        () ->
            get(id)
                .statusCode(200)
                .body("model", equalTo("phi-2"))
                .body("state", equalTo("transferring")));
  }

  @Test
  void theRequestThatComesAfterItsProgressIsTakenIn() {
    String id = Given.name("late");
    progress(id, 3, DownloadState.TRANSFERRING, 300);
    eventually(() -> get(id).statusCode(200));

    post(id, "{\"model\":\"phi-2\",\"priority\":1}")
        .statusCode(202)
        .body("origin", equalTo("rest"));

    get(id).body("state", equalTo("transferring")).body("doneBytes", equalTo(300));
  }

  @Test
  void cancellingIsACommandUnderTheIdOfTheDownload() throws Exception {
    String id = requested();

    given()
        .delete("/api/v1/downloads/" + id)
        .then()
        .statusCode(202)
        .body("cancelRequested", equalTo(true));
    given().delete("/api/v1/downloads/" + id).then().statusCode(202);

    List<ConsumerRecord<String, byte[]>> commands = commands(id, 2);
    assertThat(commands).hasSize(2);
    assertThat(new String(commands.getLast().value())).contains("\"action\":\"cancel\"");
    progress(id, 2, DownloadState.CANCELLED, 0);
    eventually(() -> get(id).body("state", equalTo("cancelled")));
    given()
        .delete("/api/v1/downloads/" + id)
        .then()
        .statusCode(409)
        .body("code", equalTo("already-final"));
  }

  @Test
  void aCancelByHandIsSeenToo() {
    String id = requested();

    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        null,
        "{\"model\":\"phi-2\",\"action\":\"cancel\",\"requestId\":\"" + id + "\"}",
        Map.of());

    eventually(() -> get(id).body("cancelRequested", equalTo(true)));
    audit(id).body("items.action", hasItem("download.cancel-requested"));
  }

  @Test
  void aRequestForTwoLocationsEndsWhenBothHaveEnded() {
    String model = Given.name("two");
    given()
        .contentType("application/json")
        .body("{\"family\":\"test\",\"locations\":[\"north\",\"south\"]}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201);
    String id = Given.name("r");
    post(id, "{\"model\":\"" + model + "\"}").statusCode(202);
    at("north", id, model, DownloadState.DONE);
    eventually(() -> get(id).body("doneBytes", equalTo(1000)).body("final", equalTo(false)));

    at("south", id, model, DownloadState.DONE);

    eventually(
        () ->
            get(id)
                .body("state", equalTo("done"))
                .body("final", equalTo(true))
                .body("doneBytes", equalTo(2000))
                .body("at.location", org.hamcrest.Matchers.contains("north", "south")));
  }

  @Test
  void whoPrefersToWaitIsAnsweredAtTheEnd() throws Exception {
    String id = Given.name("wait");
    Thread downloader =
        Thread.startVirtualThread(
            () -> {
              commands(id, 1);
              progress(id, 1, DownloadState.DONE, 1000);
            });

    given()
        .contentType("application/json")
        .header("Idempotency-Key", id)
        .header("Prefer", "wait=20")
        .body("{\"model\":\"phi-2\"}")
        .post("/api/v1/downloads")
        .then()
        .statusCode(202)
        .header("Preference-Applied", equalTo("wait=20"))
        .body("state", equalTo("done"));
    downloader.join();
  }

  @Test
  void whoWaitsForNothingIsAnsweredWhenTheTimeIsOver() {
    String id = requested();

    given()
        .header("Prefer", "wait=1")
        .get("/api/v1/downloads/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("requested"));
  }

  @Test
  void aPlanIsShownWithTheDownload() {
    String id = Given.name("plan");
    post(id, "{\"model\":\"phi-2\",\"plan\":true}").statusCode(202).body("planOnly", equalTo(true));

    planned(id, "phi-2");

    eventually(
        () ->
            get(id)
                .body("state", equalTo("planned"))
                .body("final", equalTo(true))
                .body("plan.fetchBytes", equalTo(6)));
  }

  @Test
  void whatSucceededAfterARetryHasNoProblem() {
    String id = requested();
    waits(id, 2, ProblemCode.HUB_UNREACHABLE);
    eventually(() -> get(id).body("problem.code", equalTo("hub-unreachable")));

    progress(id, 3, DownloadState.DONE, 1000);

    eventually(() -> get(id).body("state", equalTo("done")).body("problem", nullValue()));
    audit(id)
        .body("items.find { it.action == 'download.done' }.detail.requestId", equalTo(id))
        .body("items.find { it.action == 'download.done' }.detail.code", nullValue());
  }

  @Test
  void theFailureThatEndsItReplacesTheOneThatWasRetried() {
    String id = requested();
    waits(id, 2, ProblemCode.HUB_UNREACHABLE);
    eventually(() -> get(id).body("problem.code", equalTo("hub-unreachable")));

    fail(id, List.of(), ProblemCode.GATED);

    eventually(
        () -> get(id).body("state", equalTo("failed")).body("problem.code", equalTo("gated")));
    audit(id).body("items.find { it.action == 'download.failed' }.detail.code", equalTo("gated"));
  }

  @Test
  void aRequestByHandThatTheDownloaderRefusesIsNeitherARowNorAPin() {
    String model = Given.name("faulty");
    Given.entry(model);
    String tooLong = Given.name("long");
    String blank = Given.name("blank");
    byHand(
        "{\"model\":\"%s\",\"requestId\":\"%s\",\"revision\":\"%s\"}"
            .formatted(model, tooLong, "b".repeat(256)));
    byHand("{\"model\":\"%s\",\"requestId\":\"%s\",\"revision\":\" \"}".formatted(model, blank));
    byHand(
        "{\"model\":\"%s\",\"requestId\":\"%s\",\"revision\":\"%s\",\"priority\":10}"
            .formatted(model, Given.name("urgent"), Given.commit('f')));
    String after = Given.name("after");
    byHand("{\"model\":\"phi-2\",\"requestId\":\"%s\"}".formatted(after));
    eventually(() -> get(after).statusCode(200));

    get(tooLong).statusCode(404);
    get(blank).statusCode(404);
    given()
        .get("/api/v1/models/" + model)
        .then()
        .body("pin", nullValue())
        .body("generation", equalTo(1));
  }

  @Test
  void aRevisionThatTheDownloaderRefusesIsRefusedAtTheDoor() {
    post(Given.name("x"), "{\"model\":\"phi-2\",\"revision\":\"%s\"}".formatted("b".repeat(256)))
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/revision"));
  }

  @Test
  void aRequestThatIsTooOldIsARowAndNoPin() {
    String model = Given.name("old");
    Given.entry(model);
    String id = Given.name("late");

    Topic.publish(
        Topics.DOWNLOAD_REQUESTED,
        model,
        "{\"model\":\"%s\",\"requestId\":\"%s\",\"revision\":\"%s\"}"
            .formatted(model, id, Given.commit('f')),
        Map.of("depot_maxage", "0"));

    eventually(() -> get(id).statusCode(200).body("revision", equalTo(Given.commit('f'))));
    given().get("/api/v1/models/" + model).then().body("pin", nullValue());
  }

  @Test
  void aRequestByHandAndItsCancelByHandAreTwoAuditEntries() {
    String id = Given.name("both");
    byHand("{\"model\":\"phi-2\",\"requestId\":\"%s\"}".formatted(id));
    eventually(() -> get(id).statusCode(200));

    byHand("{\"model\":\"phi-2\",\"action\":\"cancel\",\"requestId\":\"%s\"}".formatted(id));

    eventually(() -> get(id).body("cancelRequested", equalTo(true)));
    audit(id)
        .body("items.action", hasItem("download.requested"))
        .body("items.action", hasItem("download.cancel-requested"));
  }

  @Test
  void aLocationThatTheModelIsNotForDoesNotHoldTheEndUp() {
    String model = Given.name("north");
    given()
        .contentType("application/json")
        .body("{\"family\":\"test\",\"locations\":[\"north\"]}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201);
    String id = Given.name("r");
    post(id, "{\"model\":\"" + model + "\"}").statusCode(202);
    at("south", id, model, DownloadState.REQUESTED);

    at("north", id, model, DownloadState.DONE);

    eventually(
        () ->
            get(id)
                .body("state", equalTo("done"))
                .body("final", equalTo(true))
                .body("location", equalTo("north")));
  }

  @Test
  void whoAsksDoesNotMakeItAnotherRequest() {
    String id = Given.name("who");
    byHand("{\"model\":\"phi-2\",\"requestId\":\"%s\",\"actor\":\"somebody\"}".formatted(id));
    eventually(() -> get(id).statusCode(200));

    post(id, "{\"model\":\"phi-2\"}").statusCode(202).body("id", equalTo(id));
  }

  @Test
  void inAListAPlanIsShownWithoutItsFiles() {
    String model = Given.name("listed");
    Given.entry(model);
    String id = Given.name("plan");
    post(id, "{\"model\":\"%s\",\"plan\":true}".formatted(model)).statusCode(202);

    planned(id, model);

    eventually(() -> get(id).body("plan.files", hasSize(1)));
    given()
        .get("/api/v1/downloads?model=" + model)
        .then()
        .body("items[0].plan.fetchBytes", equalTo(6))
        .body("items[0].plan.files", hasSize(0));
  }

  @Test
  void aPlanNeitherHidesADownloadNorLooksLikeOne() {
    String model = Given.name("planned");
    Given.entry(model);
    post(Given.name("plan"), "{\"model\":\"%s\",\"plan\":true}".formatted(model)).statusCode(202);
    given().get("/api/v1/models/" + model).then().body("state", equalTo("absent"));
    String id = Given.name("r");
    post(id, "{\"model\":\"%s\"}".formatted(model)).statusCode(202);

    post(Given.name("plan"), "{\"model\":\"%s\",\"plan\":true}".formatted(model)).statusCode(202);

    given()
        .get("/api/v1/models/" + model)
        .then()
        .body("state", equalTo("downloading"))
        .body("download.id", equalTo(id));
  }

  @Test
  void whoWasInAnothersWayIsServedAllTheSame() throws Exception {
    Tables.run(
        "create sequence in_the_way",
        """
        create function be_in_the_way() returns trigger language plpgsql as $$
        begin
          if new.id like 'in-the-way%' and nextval('in_the_way') = 1 then
            raise exception 'deadlock detected' using errcode = 'deadlock_detected';
          end if;
          return new;
        end $$
        """,
        "create trigger in_the_way before insert on download for each row execute function be_in_the_way()");
    try {
      post(Given.name("in-the-way"), "{\"model\":\"phi-2\"}").statusCode(202);
    } finally {
      Tables.run(
          "drop trigger in_the_way on download",
          "drop function be_in_the_way",
          "drop sequence in_the_way");
    }
  }

  private static String requested() {
    String id = Given.name("r");
    post(id, "{\"model\":\"phi-2\"}").statusCode(202);
    return id;
  }

  private static ValidatableResponse post(String key, String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/downloads")
        .then();
  }

  private static ValidatableResponse get(String id) {
    return given().get("/api/v1/downloads/" + id).then();
  }

  private static ValidatableResponse audit(String requestId) {
    return given()
        .get("/api/v1/audit?filter=request=" + requestId + "&limit=50")
        .then()
        .statusCode(200);
  }

  private static void progress(String id, long sequence, DownloadState state, long done) {
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED, id, Given.progress(id, "phi-2", sequence, state, done));
  }

  private static void at(String location, String id, String model, DownloadState state) {
    String said =
        new String(
            Wire.write(Given.progress(id, model, 1, state, 1000)),
            java.nio.charset.StandardCharsets.UTF_8);
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED,
        id,
        said.replace("\"location\":\"default\"", "\"location\":\"" + location + "\""),
        Map.of());
  }

  private static void planned(String id, String model) {
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED,
        id,
        """
        {"requestId":"%s","model":"%s","location":"default","state":"planned","attempt":1,"sequence":3,"holder":"d",
         "totalBytes":10,"doneBytes":0,"reusedBytes":4,"fetchedBytes":0,"filesTotal":1,"filesDone":0,"requestIds":["%s"],
         "plan":{"files":[{"path":"a","sizeBytes":10}],"fetchBytes":6,"reusedBytes":4,"freeAfterBytes":100},
         "updatedAt":"2026-11-24T00:00:00.000Z"}
        """
            .formatted(id, model, id),
        Map.of());
  }

  private static String maxAge(ConsumerRecord<?, ?> command) {
    return new String(
        command.headers().lastHeader(CommandReader.MAX_AGE).value(), StandardCharsets.UTF_8);
  }

  private static void byHand(String value) {
    Topic.publish(Topics.DOWNLOAD_REQUESTED, null, value, Map.of());
  }

  private static void waits(String id, long sequence, ProblemCode why) {
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED,
        id,
        """
        {"requestId":"%s","model":"phi-2","location":"default","state":"waiting","attempt":1,"sequence":%d,"holder":"d",
         "totalBytes":0,"doneBytes":0,"reusedBytes":0,"fetchedBytes":0,"filesTotal":0,"filesDone":0,"requestIds":["%s"],
         "error":%s,"updatedAt":"2026-11-24T00:00:00.000Z"}
        """
            .formatted(
                id,
                sequence,
                id,
                new String(
                    Wire.write(Problem.of(why, "Not now.")),
                    java.nio.charset.StandardCharsets.UTF_8)),
        Map.of());
  }

  private static void fail(String id, List<String> together, ProblemCode code) {
    Topic.publish(
        Topics.DOWNLOAD_FAILED,
        "phi-2",
        new DownloadFailed(
            RequestId.of(id),
            together.stream().map(RequestId::of).toList(),
            ModelName.of("phi-2"),
            LocationName.of("default"),
            Problem.of(code, "It does not fit.", Map.of("freeBytes", 12)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Instant.now()));
  }

  private static List<ConsumerRecord<String, byte[]>> commands(String id, int atLeast) {
    return Topic.records(
        Topics.DOWNLOAD_REQUESTED,
        atLeast,
        record -> record.value() != null && new String(record.value()).contains("\"" + id + "\""));
  }

  private static void eventually(Runnable isTrue) {
    Eventually.await().untilAsserted(isTrue::run);
  }
}
