package io.modeldepot.systemtests.depot;

import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning to its end, as anyone who watches could. */
public final class TopicReader {
  private final Map<String, Object> settings;

  /** With a client that is set so, by Kafka's names. */
  public TopicReader(Map<String, String> client) {
    this.settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    KafkaTalk.hush();
  }

  /** Every record there is now. */
  public List<ConsumerRecord<String, byte[]>> all(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /** Every payload there is now. */
  public <T> List<T> payloads(String topic, Class<T> type) {
    List<T> payloads = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : all(topic)) {
      if (record.value() != null) {
        try {
          payloads.add(Wire.read(record.value(), type));
        } catch (UnreadablePayload e) {
          throw new AssertionError("On " + topic + " at " + record.offset(), e);
        }
      }
    }
    return payloads;
  }

  /** A header of a record, or the empty string. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
