package io.modeldepot.kit.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.LastRecords;
import io.modeldepot.kit.TestTopics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.time.MovableClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private final MovableClock clock = MovableClock.at("2026-11-24T08:00:00Z");
  private final KafkaConnection connection = TestTopics.connection();
  private final Announcer announcer = new Announcer(connection, TestTopics.IDENTITY, clock);

  @AfterEach
  void close() {
    announcer.close();
  }

  @Test
  void aRecordHasKeyAndPayload() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);

    announcer.announce(topic, "retention", site("retention", 1)).get(60, TimeUnit.SECONDS);

    ConsumerRecord<String, byte[]> out = LastRecords.of(connection, topic.name());
    assertThat(out.key()).isEqualTo("retention");
    assertThat(Wire.read(out.value(), SiteDescribed.class)).isEqualTo(site("retention", 1));
  }

  @Test
  void aRecordHasTheHeadersOfCloudEvents() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);

    announcer
        .announce(
            Announcement.of(topic, "retention", site("retention", 1))
                .withId("id-1")
                .withTraceparent(Optional.of("00-a-b-01")))
        .get(60, TimeUnit.SECONDS);

    assertThat(headers(LastRecords.of(connection, topic.name())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "id-1",
                "ce_source", "/tester/tester-1",
                "ce_type", "io.modeldepot." + topic.name() + ".v1",
                "ce_time", "2026-11-24T08:00:00.000Z",
                "ce_subject", "retention",
                "content-type", "application/json",
                "traceparent", "00-a-b-01"));
  }

  @Test
  void whatIsForgottenHasNoValue() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);

    announcer.announce(Announcement.forgotten(topic, "quota/qwen")).get(60, TimeUnit.SECONDS);

    assertThat(LastRecords.of(connection, topic.name()).value()).isNull();
  }

  @Test
  void recordsArriveInTheOrderOfTheCalls() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    List<CompletableFuture<Acknowledged>> sent = new ArrayList<>();

    for (int i = 0; i < 500; i++) {
      sent.add(announcer.announce(topic, "k" + i, site("k" + i, i)));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

    assertThat(LastRecords.all(connection, topic.name()).stream().map(ConsumerRecord::key))
        .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "k" + i).toList());
  }

  @Test
  void aRecordOfSevenMebibytesGetsThroughWhereTheTopicAllowsIt() throws Exception {
    TopicSpec small = TestTopics.unheardOf(1);
    TopicSpec large =
        new TopicSpec(
            small.name(),
            small.kind(),
            small.key(),
            1,
            Topics.MODEL_VERIFIED.settings(),
            small.payload(),
            small.writers(),
            small.readers());
    TestTopics.make(connection, large);
    SiteDescribed payload =
        new SiteDescribed("k", Map.of("text", "0123456789".repeat(7 * 1024 * 1024 / 10)), 1);

    announcer.announce(large, "k", payload).get(60, TimeUnit.SECONDS);

    assertThat(LastRecords.of(connection, large.name()).value())
        .hasSizeGreaterThan(7 * 1024 * 1024);
  }

  @Test
  void aBrokerThatIsAwayForAMomentIsWaitedFor() throws Exception {
    TestBroker own = TestBroker.own();
    KafkaConnection toIt = KafkaConnection.to(own.bootstrapServers());
    TopicSpec topic = TestTopics.made(toIt, 1);
    try (Announcer patient = new Announcer(toIt, TestTopics.IDENTITY, clock)) {
      patient.announce(topic, "a", site("a", 1)).get(60, TimeUnit.SECONDS);
      own.stop();
      var whileAway = patient.announce(topic, "b", site("b", 1));

      own.start();

      assertThat(whileAway.get(60, TimeUnit.SECONDS).offset()).isEqualTo(1);
    } finally {
      own.stop();
    }
  }

  @Test
  void aPayloadOfAnotherTopicIsRefused() {
    assertThatThrownBy(() -> announcer.announce(Topics.MODEL_VERIFIED, "k", site("k", 1)))
        .hasMessageContaining("model-verified does not carry SiteDescribed");
  }

  private static SiteDescribed site(String key, long generation) {
    return new SiteDescribed(key, Map.of("a", 1), generation);
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> from) {
    Map<String, String> headers = new HashMap<>();
    from.headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
