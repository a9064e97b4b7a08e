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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class DeadLettersTest {
  private final Announcer announcer =
      new Announcer(TestTopics.connection(), TestTopics.IDENTITY, Clock.systemUTC());
  private final DeadLetters letters = new DeadLetters(announcer);
  private ConsumerRecord<String, byte[]> letter = Records.of("none", 0, "");

  @BeforeAll
  void refuseACommand() throws Exception {
    new TopicProvisioner(TestTopics.connection()).provision(TestTopics.PATIENCE);
    var refused =
        Records.with(Records.of(Topics.DOWNLOAD_REQUESTED.name(), 42, "hello"), "ce_id", "x-1");

    letters.publish(refused, Reason.UNREADABLE, "Not JSON: hello").get(60, TimeUnit.SECONDS);

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

  /** It passes through the broker small, and is large for everybody who reads it. */
  @Test
  void aRecordTooLargeToPublishGoesAsItsBeginning() throws Exception {
    byte[] large = new byte[9 * 1024 * 1024];
    Arrays.fill(large, (byte) 'x');
    publishRaw(large, "zstd");
    ConsumerRecord<String, byte[]> read =
        LastRecords.of(TestTopics.connection(), Topics.DOWNLOAD_REQUESTED.name());

    letters.publish(read, Reason.UNREADABLE, "Not JSON").get(60, TimeUnit.SECONDS);

    ConsumerRecord<String, byte[]> found =
        LastRecords.of(TestTopics.connection(), "download-requested.dead-letter");
    assertThat(found.key()).isEqualTo("phi-2");
    assertThat(found.value()).hasSize(DeadLetters.KEPT_BYTES).containsOnly('x');
    assertThat(headers(found))
        .containsEntry("depot_truncated", Integer.toString(large.length))
        .containsEntry("depot_reason", "unreadable")
        .containsEntry("sent-by", "somebody");
  }

  @Test
  void aRecordThatJustFittedItsTopicFitsTheDeadLetterTopicWithItsReason() throws Exception {
    byte[] full = new byte[1_048_588 - 100];
    new Random(7).nextBytes(full);
    publishRaw(full, "none");
    ConsumerRecord<String, byte[]> read =
        LastRecords.of(TestTopics.connection(), Topics.DOWNLOAD_REQUESTED.name());

    letters.publish(read, Reason.UNREADABLE, "n".repeat(2000)).get(60, TimeUnit.SECONDS);

    ConsumerRecord<String, byte[]> found =
        LastRecords.of(TestTopics.connection(), "download-requested.dead-letter");
    assertThat(found.value()).isEqualTo(full);
    assertThat(headers(found)).doesNotContainKey("depot_truncated");
  }

  private static void publishRaw(byte[] value, String compression) throws Exception {
    Map<String, Object> settings = new HashMap<>(TestTopics.connection().settings());
    settings.put("max.request.size", 16 * 1024 * 1024);
    settings.put("compression.type", compression);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(Topics.DOWNLOAD_REQUESTED.name(), "phi-2", value);
      record.headers().add("sent-by", "somebody".getBytes(StandardCharsets.UTF_8));
      producer.send(record).get(60, TimeUnit.SECONDS);
    }
  }

  private Map<String, String> headers() {
    return headers(letter);
  }

  private static Map<String, String> headers(ConsumerRecord<?, ?> letter) {
    Map<String, String> headers = new HashMap<>();
    letter
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
