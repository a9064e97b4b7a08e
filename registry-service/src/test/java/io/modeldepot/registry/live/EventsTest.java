package io.modeldepot.registry.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.SseClient;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class EventsTest {
  @TestHTTPResource("/api/v1/events")
  URI events;

  @Test
  void aRecordOfATopicArrivesWithItsPayload() throws Exception {
    String id = Given.name("sse");
    try (SseClient client = SseClient.open(events, "request=" + id, "")) {
      client.connected();

      progress(id, 1);

      SseClient.Event event = client.next();
      assertThat(event.name()).isEqualTo("download-progressed");
      assertThat(event.data()).contains("\"requestId\":\"" + id + "\"").contains("\"sequence\":1");
      assertThat(event.id()).isNotBlank();
    }
  }

  @Test
  void whoComesBackGetsWhatWasMissedOnceAndInOrder() throws Exception {
    String id = Given.name("resume");
    List<Long> seen = new ArrayList<>();
    String cursor;
    try (SseClient client = SseClient.open(events, "request=" + id, "")) {
      client.connected();
      progress(id, 1);
      SseClient.Event first = client.next();
      seen.add(sequence(first));
      cursor = first.id();
    }
    for (long sequence = 2; sequence <= 20; sequence++) {
      progress(id, sequence);
    }

    for (int round = 0; round < 19; round++) {
      try (SseClient client = SseClient.open(events, "request=" + id, cursor)) {
        SseClient.Event event = client.next();
        seen.add(sequence(event));
        cursor = event.id();
      }
    }

    assertThat(seen)
        .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void whatTheMemoryNoLongerHoldsIsReadFromTheBroker() throws Exception {
    String id = Given.name("old");
    String cursor;
    try (SseClient client = SseClient.open(events, "request=" + id, "")) {
      cursor = client.connected();
    }
    progress(id, 1);
    String noise = Given.name("noise");
    Topic.publishMany(
        Topics.DOWNLOAD_PROGRESSED,
        noise,
        2500,
        number -> Given.progress(noise, "phi-2", number, DownloadState.TRANSFERRING, 1));
    progress(id, 2);

    try (SseClient client = SseClient.open(events, "request=" + id, cursor)) {
      assertThat(sequence(client.next())).isEqualTo(1);
      assertThat(sequence(client.next())).isEqualTo(2);
    }
  }

  @Test
  void topicsCanBeChosen() throws Exception {
    String model = Given.name("chosen");
    try (SseClient client = SseClient.open(events, "topic=model-described&model=" + model, "")) {
      client.connected();
      Topic.publish(Topics.DOWNLOAD_REQUESTED, model, "{\"model\":\"" + model + "\"}", Map.of());

      Given.entry(model);

      assertThat(client.next().name()).isEqualTo("model-described");
    }
  }

  @Test
  void whoWaitsForARareThingIsPingedWithACursorThatMovesOn() throws Exception {
    try (SseClient client = SseClient.open(events, "request=" + Given.name("rare"), "")) {
      String before = client.connected();
      progress(Given.name("other"), 1);

      String cursor = client.comment("ping");

      assertThat(cursor).isNotBlank();
      if (cursor.equals(before)) {
        cursor = client.comment("ping");
      }
      assertThat(cursor).isNotEqualTo(before);
    }
  }

  @Test
  @Timeout(90)
  void aTopicThatWasMadeAgainIsFollowedFromItsBeginning() throws Exception {
    String cursor;
    try (SseClient client = SseClient.open(events, "topic=site-described", "")) {
      client.connected();
      for (int generation = 1; generation <= 3; generation++) {
        Topic.publish(Topics.SITE_DESCRIBED, "quota/old", setting("quota/old", generation));
        client.next();
      }
      madeAgain(Topics.SITE_DESCRIBED);
      Topic.publish(Topics.SITE_DESCRIBED, "quota/new", setting("quota/new", 1));
      cursor = client.lastCursorBeforeTheEnd();
    }

    try (SseClient client = SseClient.open(events, "topic=site-described", cursor)) {
      assertThat(client.next().data()).contains("quota/new");
    }
  }

  private static SiteDescribed setting(String key, long generation) {
    return new SiteDescribed(key, Map.of("bytes", 5), generation);
  }

  private static void madeAgain(TopicSpec topic) throws Exception {
    KafkaConnection broker = KafkaConnection.to(TestBroker.shared().bootstrapServers());
    TopicProvisioner topics = new TopicProvisioner(broker, List.of(topic));
    Map<String, String> before = topics.provision(Duration.ofSeconds(30)).ids();
    try (Admin admin = Admin.create(broker.forAdmin())) {
      admin.deleteTopics(List.of(topic.name())).all().get();
    }
    Eventually.await().until(() -> !topics.provision(Duration.ofSeconds(30)).ids().equals(before));
  }

  @Test
  void aCursorThatIsNoneOfOursIsAProblem() {
    given()
        .header("Last-Event-ID", "%%%")
        .get("/api/v1/events")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    given().get("/api/v1/events?topic=nonsense").then().statusCode(400);
  }

  private static void progress(String id, long sequence) {
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED,
        id,
        Given.progress(id, "phi-2", sequence, DownloadState.TRANSFERRING, sequence));
  }

  private static long sequence(SseClient.Event event) {
    return Long.parseLong(event.data().replaceAll(".*\"sequence\":(\\d+).*", "$1"));
  }
}
