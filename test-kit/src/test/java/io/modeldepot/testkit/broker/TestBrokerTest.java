package io.modeldepot.testkit.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class TestBrokerTest {
  private final TestBroker broker = TestBroker.own();

  @BeforeAll
  void createATopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic("news", Optional.of(1), Optional.empty())))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  void stop() {
    broker.stop();
  }

  @Test
  void acknowledgedRecordsAreStillThereAfterARestart() throws Exception {
    long position = write("before the restart");

    broker.restart();

    assertThat(read(position)).isEqualTo("before the restart");
  }

  @Test
  void acknowledgedRecordsAreStillThereAfterAKill() throws Exception {
    long position = write("before the kill");

    broker.kill();
    broker.start();

    assertThat(read(position)).isEqualTo("before the kill");
  }

  @Test
  void theSharedBrokerIsOneAndTheSame() {
    assertThat(TestBroker.shared().bootstrapServers())
        .isEqualTo(TestBroker.shared().bootstrapServers())
        .isNotEqualTo(broker.bootstrapServers());
  }

  private long write(String text) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return producer.send(new ProducerRecord<>("news", bytes)).get(30, TimeUnit.SECONDS).offset();
    }
  }

  private String read(long offset) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition("news", 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      byte[] value = consumer.poll(Duration.ofSeconds(30)).iterator().next().value();
      return new String(value, StandardCharsets.UTF_8);
    }
  }
}
