package io.modeldepot.registry.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.webhook.WebhookServer;
import io.modeldepot.testkit.webhook.WebhookServer.Told;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receivers of every mood on this machine, told by the registry. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class NotificationsTest {

  @Test
  void aFactIsToldOnceSignedAsACloudEvent() {
    try (Watched ops = Watched.of(new WebhookServer(), "backup.failed")) {
      var at = Facts.now();
      String id = Given.name("full");
      String fact = Facts.failedBackup(id, at);
      JsonNode event = ops.awaitTold(fact);
      Facts.failedBackup(id, at);
      Facts.failedBackup(id, at.plusMillis(1));
      ops.awaitTold(Facts.failedBackup(Given.name("barrier"), Facts.now()));

      assertThat(ops.subjects()).filteredOn(fact::equals).hasSize(1);
      Told told = ops.about(fact).getFirst();
      assertThat(Watched.isSigned(told)).isTrue();
      assertThat(told.path()).isEqualTo(Watched.PATH);
      assertThat(told.headers())
          .containsEntry("content-type", "application/cloudevents+json")
          .containsEntry("webhook-id", event.path("id").asText());
      assertThat(event.path("specversion").asText()).isEqualTo("1.0");
      assertThat(event.path("type").asText()).isEqualTo("io.modeldepot.backup.failed.v1");
      assertThat(event.path("source").asText()).isEqualTo("/registry");
      assertThat(event.path("time").asText()).isEqualTo(at.toString());
      assertThat(event.at("/data/say").asText()).contains("A backup at default failed: 12 GB");
      assertThat(event.at("/data/details/problem/code").asText()).isEqualTo("backup-target-full");
      String line = ops.log().getString("items.find { it.object == '" + fact + "' }.id");
      given()
          .get("/api/v1/notifications/" + line)
          .then()
          .body("state", equalTo("delivered"))
          .body("status", equalTo(204))
          .body("tries.status", hasItem(204))
          .body("data.problem.code", equalTo("backup-target-full"))
          .body("nextAt", nullValue());
    }
  }

  @Test
  void whatIsNotTakenIsTriedAgainUnderTheSameIdUntilItIs() {
    WebhookServer server = new WebhookServer().once(500).once(404).once(429);
    try (Watched ops = Watched.of(server, "backup.*")) {
      String fact = Facts.failedBackup(Given.name("thrice"), Facts.now());
      String id = ops.awaitState("delivered");

      List<Told> told = ops.about(fact);
      assertThat(told.size()).isGreaterThanOrEqualTo(4);
      assertThat(told).extracting(it -> it.headers().get("webhook-id")).containsOnly(id);
      assertThat(told).extracting(Told::text).containsOnly(told.getFirst().text());
      assertThat(told).allMatch(Watched::isSigned);
      assertThat(tries(id)).startsWith(500, 404, 429).endsWith(204);
    }
  }

  @Test
  void whoHangsIsAskedAgainAndKeepsNobodyElseWaiting() {
    WebhookServer slow = new WebhookServer().hangingOnce();
    try (Watched hanging = Watched.of(slow, "backup.failed");
        Watched other = Watched.of(new WebhookServer(), "backup.failed")) {
      String fact = Facts.failedBackup(Given.name("hangs"), Facts.now());
      other.awaitTold(fact);
      String id = hanging.awaitState("delivered");

      given()
          .get("/api/v1/notifications/" + id)
          .then()
          .body("tries[0].status", nullValue())
          .body("tries[0].said", containsString("It did not answer within 2000 ms."))
          .body("tries[0].millis", greaterThanOrEqualTo(1900));
      assertThat(hanging.about(fact).size()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void whoIsAwayForSeveralAttemptsIsToldWhenItIsBack() {
    WebhookServer before = new WebhookServer();
    int port = before.port();
    try (Watched away = Watched.of(before, "backup.failed")) {
      before.close();
      String fact = Facts.failedBackup(Given.name("away"), Facts.now());
      Patience.await()
          .untilAsserted(() -> assertThat(away.log().getInt("items[0].attempts")).isGreaterThan(3));
      assertThat(away.log().getString("items[0].said")).contains("Nothing listens there");

      away.movesTo(new WebhookServer(port));

      away.awaitTold(fact);
      assertThat(away.subjects()).containsExactly(fact);
      away.awaitState("delivered");
    }
  }

  @Test
  void whoIsGoneIsToldNoMoreUntilATestArrives() {
    WebhookServer server = new WebhookServer().answering(410, Map.of(), "this hook was removed");
    try (Watched gone = Watched.of(server, "backup.failed")) {
      String first = Facts.failedBackup(Given.name("gone"), Facts.now());
      gone.awaitTold(first);
      gone.awaitState("given-up");
      receiver(gone.name, "stopped", "HTTP 410: this hook was removed");
      given()
          .get("/api/v1/status")
          .then()
          .body("attention.object", hasItem("site/notify/" + gone.name));
      String second = Facts.failedBackup(Given.name("later"), Facts.now());
      Patience.await()
          .untilAsserted(
              () ->
                  assertThat(gone.log().getList("items.state"))
                      .containsOnly("given-up")
                      .hasSize(2));
      assertThat(gone.log().getString("items[0].said")).contains("stopped", "410");
      assertThat(gone.subjects()).containsExactly(first);

      server.answering(204, Map.of(), "");
      test(gone.name).then().body("delivered", equalTo(true)).body("status", equalTo(204));

      receiver(gone.name, "ready", null);
      gone.awaitTold(Facts.failedBackup(Given.name("again"), Facts.now()));
      String missed = gone.log().getString("items.find { it.object == '" + second + "' }.id");
      post("/api/v1/notifications/" + missed + "/retry").then().statusCode(202);
      gone.awaitTold(second);
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (WebhookServer other = new WebhookServer()) {
      WebhookServer server =
          new WebhookServer()
              .answering(302, Map.of("Location", other.url("/ELSEWHERE-B0SECRET")), "moved");
      try (Watched ops = Watched.of(server, "backup.failed")) {
        ops.awaitTold(Facts.failedBackup(Given.name("moved"), Facts.now()));
        Patience.await()
            .untilAsserted(
                () ->
                    assertThat(ops.log().getString("items[0].said"))
                        .contains("redirects to http://127.0.0.1", "not followed")
                        .doesNotContain("ELSEWHERE"));

        assertThat(ops.log().getInt("items[0].status")).isEqualTo(302);
        assertThat(other.told()).isEmpty();
      }
    }
  }

  @Test
  void afterADayItIsGivenUpAndCanBeToldAgainByHand() throws Exception {
    WebhookServer server = new WebhookServer().answering(503, Map.of(), "busy\nB0SECRETWORD");
    try (Watched ops = Watched.of(server, "backup.failed")) {
      double before = counted("given-up");
      String fact = Facts.failedBackup(Given.name("day"), Facts.now());
      ops.awaitTold(fact);
      assertThat(ops.log().getString("items[0].state")).isEqualTo("waiting");
      Tables.run(
          "update notification set give_up_at = now() - interval '1 second' where receiver = '"
              + ops.name
              + "'");
      String id = ops.awaitState("given-up");
      assertThat(ops.log().getString("items[0].said")).isEqualTo("busy");
      assertThat(counted("given-up")).isGreaterThan(before);

      server.answering(200, Map.of(), "ok");
      post("/api/v1/notifications/" + id + "/retry").then().statusCode(202);

      assertThat(ops.awaitState("delivered")).isEqualTo(id);
      assertThat(ops.about(fact)).extracting(it -> it.headers().get("webhook-id")).containsOnly(id);
      post("/api/v1/notifications/n-none/retry").then().statusCode(404);
      given()
          .get("/api/v1/audit?object=notification/" + id)
          .then()
          .body("items.action", hasItem("notification.retried"));
    }
  }

  @Test
  void whatHappenedBeforeAReceiverWasSetIsNotToldHoweverOftenItIsRead() {
    String id = Given.name("old");
    var at = Facts.now();
    Facts.failedBackup(id, at);
    Patience.await()
        .untilAsserted(
            () -> given().get("/api/v1/backups/" + id).then().body("state", equalTo("failed")));
    try (Watched late = Watched.of(new WebhookServer(), "*")) {
      Facts.failedBackup(id, at);
      String barrier = Facts.failedBackup(Given.name("barrier"), Facts.now());
      late.awaitTold(barrier);

      assertThat(late.subjects()).doesNotContain("maintenance/" + id);
    }
  }

  @Test
  void aTestSaysWhatCameOfItAndNothingOfTheAddress() {
    WebhookServer server =
        new WebhookServer().answering(403, Map.of(), "no /hooks/B0SECRETWORD for you\u001b[31m");
    try (Watched ops = new Watched(server, "slack", List.of("download.failed"))) {
      String answer =
          test(ops.name)
              .then()
              .statusCode(200)
              .body("delivered", equalTo(false))
              .body("status", equalTo(403))
              .body("millis", greaterThanOrEqualTo(0))
              .body("said", containsString("for you"))
              .extract()
              .asString();
      assertThat(answer).doesNotContain("B0SECRETWORD", "\\u001b");
      assertThat(server.told().getFirst().text()).startsWith("{\"text\":\"[info] test: ");
      assertThat(ops.log().getString("items[0].kind")).isEqualTo("test");
      assertThat(ops.log().getString("items[0].state")).isEqualTo("given-up");
      for (String shown :
          List.of("/notifications", "/notifications/receivers", "/site", "/audit?limit=500")) {
        given().get("/api/v1" + shown).then().body(not(containsString("B0SECRETWORD")));
      }
      given()
          .get("/api/v1/audit?object=site/notify/" + ops.name)
          .then()
          .body("items.action", hasItem("notification.tested"));
    }
    test("nobody-" + System.nanoTime()).then().statusCode(404);
  }

  /** A page of another site can have a browser send these. */
  @Test
  void whatAForeignPageCanSendIsRefused() {
    try (Watched ops = Watched.of(new WebhookServer(), "download.failed")) {
      String path = "/api/v1/site/notify/" + ops.name + "/test";
      given().post(path).then().statusCode(anyOf(equalTo(400), equalTo(415)));
      given().contentType("text/plain").body("{}").post(path).then().statusCode(415);

      assertThat(ops.subjects()).isEmpty();
    }
  }

  @Test
  void aFileThatIsNotThereIsNamedAndFoundWhenItComes() {
    try (Watched ops = Watched.of(new WebhookServer(), "download.failed")) {
      Watched.put(ops.name, "{\"on\":[\"*\"],\"urlFile\":\"later\",\"template\":\"plain\"}");
      test(ops.name)
          .then()
          .body("delivered", equalTo(false))
          .body("said", containsString("There is no file later"));
      receiver(ops.name, "unusable", "There is no file later");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"on":["backup.faild"],"urlFile":"u","secretFile":"k"}                      | /on/0       | Did you mean backup.failed?
          {"on":["*"],"url":"https://evil.test/x","secretFile":"k"}                   | /url        | DEPOT_NOTIFY_HOSTS
          {"on":["*"],"url":"https://169.254.169.254/latest","secretFile":"k"}        | /url        | DEPOT_NOTIFY_HOSTS
          {"on":["*"],"url":"https://hooks.example.org/x"}                            | /secretFile | DEPOT_NOTIFY_SECRET_FILE
          """)
  void whatIsNotAllowedIsRefusedWhenItIsSet(String value, String pointer, String say) {
    Watched.put("refused", value)
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo(pointer))
        .body("errors[0].detail", containsString(say));
    given().get("/api/v1/site/notify/refused").then().statusCode(404);
  }

  private static io.restassured.response.Response test(String receiver) {
    return post("/api/v1/site/notify/" + receiver + "/test");
  }

  private static io.restassured.response.Response post(String path) {
    return given().contentType("application/json").body("{}").post(path);
  }

  private static List<Integer> tries(String id) {
    return given().get("/api/v1/notifications/" + id).jsonPath().getList("tries.status");
  }

  private static void receiver(
      String name, String state, @org.jspecify.annotations.Nullable String why) {
    String at = "items.find { it.name == '" + name + "' }.";
    given()
        .get("/api/v1/notifications/receivers")
        .then()
        .body(at + "state", equalTo(state))
        .body(at + "why", why == null ? nullValue() : containsString(why));
  }

  private static double counted(String outcome) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("modeldepot_notifications_total"))
        .filter(line -> line.contains("outcome=\"" + outcome + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
