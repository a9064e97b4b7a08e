package io.modeldepot.kit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.kit.LastRecords;
import io.modeldepot.kit.TestTopics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.topic.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class DeadLettersTest {
  private final Announcer announcer =
      new Announcer(TestTopics.connection(), TestTopics.IDENTITY, Clock.systemUTC());
  private ConsumerRecord<String, byte[]> letter = Records.of("none", 0, "");

  @BeforeAll
  void refuseACommand() throws Exception {
    new TopicProvisioner(TestTopics.connection()).provision(TestTopics.PATIENCE);
    var refused =
        Records.with(Records.of(Topics.DOWNLOAD_REQUESTED.name(), 42, "hello"), "ce_id", "x-1");

    new DeadLetters(announcer)
        .publish(refused, Reason.UNREADABLE, "Not JSON: hello")
        .get(60, TimeUnit.SECONDS);

    letter = LastRecords.of(TestTopics.connection(), "download-requested.dead-letter");
  }

  @AfterAll
  void close() {
    announcer.close();
  }

  @Test
  void keyAndValueAreUnchanged() {
    assertThat(letter.key()).isEqualTo("phi-2");
    assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
  }

  @Test
  void theHeadersSayWhyAndWhereFrom() {
    assertThat(headers())
        .containsEntry("depot_reason", "unreadable")
        .containsEntry("depot_detail", "Not JSON: hello")
        .containsEntry("depot_topic", "download-requested")
        .containsEntry("depot_partition", "0")
        .containsEntry("depot_offset", "42")
        .containsEntry("depot_time", "2023-11-14T22:13:20.000Z");
  }

  @Test
  void theHeadersOfTheCommandAreKept() {
    assertThat(headers()).containsEntry("ce_id", "x-1");
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    letter
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
