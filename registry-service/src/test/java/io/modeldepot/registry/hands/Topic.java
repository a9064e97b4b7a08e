package io.modeldepot.registry.hands;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.testkit.broker.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes and reads, as kcat would. */
public final class Topic {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Topic() {}

  /** Publishes a payload and waits for the broker. */
  public static void publish(TopicSpec topic, @Nullable String key, Object payload) {
    publish(topic, key, new String(Wire.write(payload), StandardCharsets.UTF_8), Map.of());
  }

  /** Publishes this text and waits for the broker. */
  public static void publish(
      TopicSpec topic, @Nullable String key, @Nullable String value, Map<String, String> headers) {
    publish(TestBroker.shared().bootstrapServers(), topic, key, value, headers);
  }

  /** Publishes this text at a broker and waits for it. */
  public static void publish(
      String broker,
      TopicSpec topic,
      @Nullable String key,
      @Nullable String value,
      Map<String, String> headers) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker, "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      ProducerRecord<String, String> record = new ProducerRecord<>(topic.name(), key, value);
      headers.forEach(
          (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
      producer.send(record).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Publishes many payloads under one key and waits for the broker. */
  public static void publishMany(
      TopicSpec topic, String key, int count, LongFunction<Object> payload) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (long number = 1; number <= count; number++) {
        producer.send(new ProducerRecord<>(topic.name(), key, Wire.write(payload.apply(number))));
      }
    }
  }

  /** Every record of a topic so far that is of interest; waits until there are that many. */
  public static List<ConsumerRecord<String, byte[]>> records(
      TopicSpec topic, int atLeast, Predicate<ConsumerRecord<String, byte[]>> ofInterest) {
    return records(TestBroker.shared().bootstrapServers(), topic, atLeast, ofInterest);
  }

  /** The same at another broker. */
  public static List<ConsumerRecord<String, byte[]>> records(
      String broker,
      TopicSpec topic,
      int atLeast,
      Predicate<ConsumerRecord<String, byte[]>> ofInterest) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(number -> new TopicPartition(topic.name(), number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      long deadline = System.nanoTime() + LONGEST.toNanos();
      while (found.size() < atLeast
          || ends.entrySet().stream()
              .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (ofInterest.test(record)) {
                    found.add(record);
                  }
                });
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "Waited for " + atLeast + " records of " + topic.name() + ", saw " + found.size());
        }
      }
      return found;
    }
  }

  /** A header as text. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
