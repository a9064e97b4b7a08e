package io.modeldepot.registry.cache.redis;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.door.Rendered;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.redis.RedisServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A registry with a Redis that dies, stalls, forgets and lies. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@QuarkusTestResource(value = RedisBeside.class, restrictToAnnotatedClass = true)
@EnabledIf(
    value = "io.modeldepot.testkit.redis.RedisServer#isHere",
    disabledReason = RedisServer.MISSING)
@SuppressWarnings("NullAway.Init") // injected, and set by the test resource
class RedisOutageTest {
  private static final Duration TO_COME_BACK = Duration.ofSeconds(60);

  @Inject Shelf shelf;
  @Inject DataSource database;
  @Inject InstantSource clock;
  @Inject MeterRegistry metrics;
  RedisServer redis;

  @AfterEach
  void theNextTestFindsItAnswering() {
    Awaitility.await().atMost(TO_COME_BACK).until(() -> reaches() && shelf.trouble().isEmpty());
  }

  @Test
  void whatOneRegistryKeepsAnotherFinds() {
    Shelf other = another(RedisBeside.PASSWORD);
    Rendered answer = new Rendered(bytes("{\"a\":1}"), "\"e\"", Optional.of("<next>"));

    shelf.put("shared", answer);

    Rendered found =
        Awaitility.await()
            .atMost(TO_COME_BACK)
            .until(() -> other.get("shared"), Optional::isPresent)
            .orElseThrow();
    assertThat(found.body()).isEqualTo(answer.body());
    assertThat(found.etag()).isEqualTo("\"e\"");
    assertThat(found.link()).contains("<next>");
  }

  @Test
  void anAnswerThatWasLoadedIsOnTheShelf() throws Exception {
    String model = Given.name("shelved");
    Given.entry(model);
    given().get("/api/v1/models/" + model).then().statusCode(200);

    Shelf other = another(RedisBeside.PASSWORD);
    String key = key(model);
    Optional<Rendered> kept =
        Awaitility.await().atMost(TO_COME_BACK).until(() -> other.get(key), Optional::isPresent);

    assertThat(new String(kept.orElseThrow().body(), StandardCharsets.UTF_8)).contains(model);
  }

  @Test
  @Timeout(120)
  void whileItIsDeadEveryAnswerIsRightAndNothingIsDown() throws Exception {
    String model = Given.name("dead");
    String etag = Given.entry(model);
    redis.kill();
    try {
      for (int users = 1; users <= 20; users++) {
        etag = wish(model, etag, users);
      }

      assertThat(shelf.trouble()).isPresent();
      assertThat(shelf.trouble().get()).doesNotContain(RedisBeside.PASSWORD);
      // Right after its start a registry may still be reading its topics.
      Awaitility.await()
          .atMost(TO_COME_BACK)
          .untilAsserted(
              () ->
                  given()
                      .get("/q/health/ready")
                      .then()
                      .statusCode(200)
                      .body("checks.find { it.name == 'redis' }.status", equalTo("UP"))
                      .body(
                          "checks.find { it.name == 'redis' }.data.state",
                          containsString("degraded")));
      given()
          .get("/q/metrics")
          .then()
          .body(containsString("modeldepot_cache_redis_up 0.0"))
          .body(not(containsString(RedisBeside.PASSWORD)));
    } finally {
      redis.startAgain();
    }
  }

  @Test
  @Timeout(120)
  void whileItStallsOnlyTheFirstFewWaitAndEveryAnswerIsRight() throws Exception {
    String model = Given.name("stalled");
    String etag = Given.entry(model);
    redis.stall();
    try {
      double before = faults("unreachable");
      for (int users = 1; users <= 20; users++) {
        etag = wish(model, etag, users);
      }

      assertThat(shelf.trouble()).isPresent();
      // 20 times a look and a put; most were not even tried.
      assertThat(faults("unreachable") - before).isBetween(3.0, 20.0);
    } finally {
      redis.goOn();
    }
  }

  @Test
  void whatItForgotIsLoadedAgain() throws Exception {
    String model = Given.name("flushed");
    String etag = Given.entry(model);
    wish(model, etag, 3);
    String key = key(model);
    Awaitility.await().until(() -> shelf.get(key).isPresent());

    assertThat(redis.command("FLUSHALL")).isEqualTo("OK");

    assertThat(shelf.get(key)).isEmpty();
    given().get("/api/v1/models/" + model).then().body("placement.users", equalTo(3));
  }

  @Test
  void whatItHoldsInsteadIsNeverAnAnswerAndIsReplaced() throws Exception {
    String model = Given.name("lied");
    Given.entry(model);
    String place = "modeldepot:" + Sha256.ofBytes(bytes(key(model))).value();
    double before = faults("foreign");
    assertThat(redis.command("SET", place, "{\"model\":\"" + model + "\",\"state\":\"nonsense\"}"))
        .isEqualTo("OK");

    given().get("/api/v1/models/" + model).then().statusCode(200).body("state", equalTo("absent"));

    assertThat(faults("foreign")).isEqualTo(before + 1);
    Awaitility.await().until(() -> shelf.get(key(model)).isPresent());
  }

  @Test
  void anotherTypeUnderAKeyIsNoAnswerAndNoOutage() throws Exception {
    String model = Given.name("typed");
    Given.entry(model);
    String place = "modeldepot:" + Sha256.ofBytes(bytes(key(model))).value();
    assertThat(redis.command("LPUSH", place, "x")).isEqualTo("1");

    given().get("/api/v1/models/" + model).then().statusCode(200).body("state", equalTo("absent"));

    assertThat(shelf.trouble()).isEmpty();
    Awaitility.await().until(() -> shelf.get(key(model)).isPresent());
  }

  @Test
  void aWrongPasswordIsAnOutageThatDoesNotSayIt() {
    Shelf other = another("hunter2");

    for (int i = 0; i < 3; i++) {
      assertThat(other.get("shared")).isEmpty();
    }

    assertThat(other.trouble().orElseThrow()).contains("WRONGPASS").doesNotContain("hunter2");
  }

  /** Changes the model and reads it: by both, what was kept before must not show. */
  private static String wish(String model, String etag, int users) {
    String after =
        given()
            .contentType("application/merge-patch+json")
            .header("If-Match", etag)
            .body("{\"placement\":{\"users\":%d,\"contextTokens\":64}}".formatted(users))
            .patch("/api/v1/models/" + model)
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    given()
        .get("/api/v1/models/" + model)
        .then()
        .statusCode(200)
        .header("ETag", equalTo(after))
        .body("placement.users", equalTo(users));
    return after;
  }

  private boolean reaches() {
    shelf.put("reaches", new Rendered(bytes("{}"), "\"r\"", Optional.empty()));
    return shelf.get("reaches").isPresent();
  }

  private static String key(String model) throws Exception {
    return Tables.value("select stamp from change_stamp where subject = 'model/" + model + "'")
        + " /api/v1/models/"
        + model;
  }

  private double faults(String why) {
    return metrics.get("modeldepot.cache.redis.faults").tag("why", why).counter().count();
  }

  private Shelf another(String password) {
    return new Shelf(settings(password), database, clock, metrics);
  }

  private RedisSettings settings(String password) {
    return new RedisSettings() {
      @Override
      public Optional<String> url() {
        return Optional.of(redis.url());
      }

      @Override
      public Optional<String> password() {
        return Optional.of(password);
      }

      @Override
      public Optional<Path> passwordFile() {
        return Optional.empty();
      }

      @Override
      public Duration timeout() {
        return Duration.ofSeconds(2);
      }

      @Override
      public Duration keep() {
        return Duration.ofMinutes(1);
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
