package io.modeldepot.registry.cache;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.door.Rendered;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.SseClient;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // injected
class CacheTest {
  @Inject Answers answers;
  @Inject MeterRegistry metrics;

  @TestHTTPResource("/api/v1/events")
  URI events;

  @ParameterizedTest
  @ValueSource(strings = {"", "/versions", "/versions/aaaa", "/versions/aaaa/files?limit=1"})
  void theSameQuestionAgainIsAnsweredFromMemoryWithTheSameBytes(String about) {
    String model = published();
    String address =
        "/api/v1/models/" + model + about + (about.contains("?") ? "&" : "?") + "first";
    Response first = given().get(address);
    double loaded = from("database");
    double remembered = from("memory");

    Response again = given().get(address);

    assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Link")).isEqualTo(first.header("Link"));
    assertThat(again.contentType()).isEqualTo(first.contentType());
    assertThat(again.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    assertThat(from("memory")).isEqualTo(remembered + 1);
    assertThat(from("database")).isEqualTo(loaded);
  }

  @ParameterizedTest
  @EnumSource
  void whoTakesGzipGetsTheSameBytesCompressed(HttpClient.Version version) throws Exception {
    String model = Given.name("long-" + "-word".repeat(10));
    for (int i = 0; i < 5; i++) {
      Given.entry(model + "-" + i);
    }
    URI address = events.resolve("/api/v1/models?q=" + model);

    HttpResponse<byte[]> plain = get(version, address, "identity");
    HttpResponse<byte[]> first = get(version, address, "gzip, deflate, br");
    HttpResponse<byte[]> again = get(version, address, "gzip");

    assertThat(plain.headers().firstValue("Content-Encoding").orElse("identity"))
        .isEqualTo("identity");
    assertThat(first.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(again.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(first.body()).hasSizeLessThan(plain.body().length / 2);
    assertThat(unpacked(first)).isEqualTo(plain.body());
    assertThat(unpacked(again)).isEqualTo(plain.body());
    assertThat(String.join(", ", again.headers().allValues("Vary"))).contains("Accept-Encoding");
    assertThat(again.headers().firstValue("ETag")).isEqualTo(plain.headers().firstValue("ETag"));
  }

  private static HttpResponse<byte[]> get(HttpClient.Version version, URI address, String encodings)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      return client.send(
          HttpRequest.newBuilder(address).header("Accept-Encoding", encodings).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return in.readAllBytes();
    }
  }

  @Test
  void whoHasItAlreadyIsToldSoFromMemory() {
    String model = Given.name("known");
    Given.entry(model);
    String etag = given().get("/api/v1/models/" + model).header("ETag");

    Response again = given().header("If-None-Match", etag).get("/api/v1/models/" + model);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.asByteArray()).isEmpty();
  }

  @Test
  void whoeverWritesReadsWhatWasWrittenEveryTime() {
    String model = Given.name("own");
    String etag = Given.entry(model);
    for (int users = 1; users <= 50; users++) {
      given().get("/api/v1/models/" + model).then().statusCode(200);
      etag =
          given()
              .contentType("application/merge-patch+json")
              .header("If-Match", etag)
              .body("{\"placement\":{\"users\":%d,\"contextTokens\":64}}".formatted(users))
              .patch("/api/v1/models/" + model)
              .then()
              .statusCode(200)
              .extract()
              .header("ETag");

      given().get("/api/v1/models/" + model).then().header("ETag", equalTo(etag));
      given()
          .get("/api/v1/models?q=" + model)
          .then()
          .body("items.placement.users", equalTo(java.util.List.of(users)));
    }
  }

  @Test
  void whoeverHearsOfAChangeSeesIt() throws Exception {
    for (int i = 0; i < 5; i++) {
      String model = Given.name("heard");
      try (SseClient client = SseClient.open(events, "topic=model-described&model=" + model, "")) {
        client.connected();
        given().get("/api/v1/models?q=" + model).then().body("items.size()", equalTo(0));
        Given.entry(model);
        client.next();

        given().get("/api/v1/models?q=" + model).then().body("items.model", hasItem(model));
      }
    }
  }

  @Test
  void aModelThatIsGoneIsNotAnsweredFromMemory() {
    String model = Given.name("gone");
    Given.entry(model);
    given().get("/api/v1/models/" + model).then().statusCode(200);
    given().get("/api/v1/models?q=" + model).then().body("items.model", hasItem(model));

    given().delete("/api/v1/models/" + model).then().statusCode(202);

    given().get("/api/v1/models/" + model).then().statusCode(404);
    given().get("/api/v1/models?q=" + model).then().body("items.model", not(hasItem(model)));
  }

  @Test
  void tablesAndConditionsOfTimeAreNotKept() {
    String model = published();
    double kept = from("memory");
    for (int i = 0; i < 2; i++) {
      given().accept("text/plain").get("/api/v1/models?q=" + model).then().statusCode(200);
      given().get("/api/v1/models?q=" + model + "&filter=verified<7d").then().statusCode(200);
    }

    assertThat(from("memory")).isEqualTo(kept);
  }

  @Test
  void whatCannotBeHadIsRefusedAsEver() {
    String model = published();
    given().get("/api/v1/models/" + model).then().statusCode(200);

    given().accept("application/xml").get("/api/v1/models/" + model).then().statusCode(406);
    given().get("/api/v1/models?limit=0").then().statusCode(400);
    given().get("/api/v1/models?limit=0").then().statusCode(400);
  }

  @Test
  void ofManyWhoAskAtOnceOneLoads() throws Exception {
    String address = "/" + Given.name("crowd");
    Answers.Reply first = answers.ask(address, "stamp");
    assertThat(first).isInstanceOf(Answers.Reply.Yours.class);
    Rendered answer =
        new Rendered("{}".getBytes(StandardCharsets.UTF_8), "\"e\"", Optional.empty());

    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answers.Reply> second = crowd.submit(() -> answers.ask(address, "stamp"));
      Future<Answers.Reply> other = crowd.submit(() -> answers.ask(address, "another stamp"));
      assertThat(other.get()).isInstanceOf(Answers.Reply.Yours.class);
      answers.failed(((Answers.Reply.Yours) other.get()).loading());
      answers.loaded(((Answers.Reply.Yours) first).loading(), answer);

      assertThat(second.get()).isEqualTo(new Answers.Reply.Known(answer));
    }
    assertThat(answers.inMemory(address, "stamp")).isSameAs(answer);
    assertThat(answers.inMemory(address, "another stamp")).isNull();
  }

  @Test
  void whoeverWaitedForOneThatFailedLoadsForItself() throws Exception {
    String address = "/" + Given.name("failed");
    Answers.Reply.Yours first = (Answers.Reply.Yours) answers.ask(address, "stamp");

    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answers.Reply> second = crowd.submit(() -> answers.ask(address, "stamp"));
      Awaitility.await().until(() -> first.loading().end().getNumberOfDependents() > 0);
      answers.failed(first.loading());

      assertThat(second.get()).isInstanceOf(Answers.Reply.Alone.class);
    }
    assertThat(answers.ask(address, "stamp")).isInstanceOf(Answers.Reply.Yours.class);
  }

  private static String published() {
    String model = Given.name("kept");
    Given.entry(model);
    ModelVerified said =
        Given.verified(model, Given.commit('a'), 1, Given.commit('a'), VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    Awaitility.await()
        .untilAsserted(
            () -> given().get("/api/v1/models/" + model).then().body("versions", equalTo(1)));
    return model;
  }

  private double from(String where) {
    return metrics.get("modeldepot.cache.answers").tag("from", where).counter().count();
  }
}
