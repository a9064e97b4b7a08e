package io.modeldepot.janitor.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Hears every record of some topics, as somebody else would, and waits for one by its meaning. */
final class Ear implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Heard> heard = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closing;

  /** A record as it was heard. */
  record Heard(
      String topic, Optional<String> key, Optional<JsonNode> value, Map<String, String> headers) {
    String text(String pointer) {
      return value.map(it -> it.at(pointer).asText()).orElse("");
    }

    long number(String pointer) {
      return value.map(it -> it.at(pointer).asLong(-1)).orElse(-1L);
    }
  }

  Ear(String bootstrapServers, List<String> topics) {
    this.thread =
        Thread.ofPlatform().daemon().name("ear").start(() -> listen(bootstrapServers, topics));
  }

  /** The first record like this, heard already or still to come. */
  Heard await(String topic, Predicate<Heard> like) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (heard) {
      while (true) {
        Optional<Heard> found =
            heard.stream().filter(it -> it.topic().equals(topic)).filter(like).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "Nothing like it on " + topic + " in " + PATIENCE + ". Heard:\n" + told());
        }
        try {
          heard.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** Everything like this so far. */
  List<Heard> all(String topic, Predicate<Heard> like) {
    synchronized (heard) {
      return heard.stream().filter(it -> it.topic().equals(topic)).filter(like).toList();
    }
  }

  /** All that was heard so far. */
  List<Heard> everything() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  @Override
  public void close() {
    closing = true;
  }

  private String told() {
    StringBuilder all = new StringBuilder();
    heard.stream()
        .skip(Math.max(0, heard.size() - 40))
        .forEach(
            it -> {
              String value = it.value().map(JsonNode::toString).orElse("null");
              all.append(it.topic())
                  .append(' ')
                  .append(it.key().orElse("-"))
                  .append(' ')
                  .append(value, 0, Math.min(500, value.length()))
                  .append('\n');
            });
    return all.toString();
  }

  private void listen(String bootstrapServers, List<String> topics) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "max.partition.fetch.bytes",
            8 << 20);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(it -> partitions.add(new TopicPartition(topic, it.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closing) {
        for (ConsumerRecord<String, byte[]> one : consumer.poll(Duration.ofMillis(100))) {
          synchronized (heard) {
            heard.add(heard(one));
            heard.notifyAll();
          }
        }
      }
    }
  }

  private static Heard heard(ConsumerRecord<String, byte[]> one) {
    Map<String, String> headers = new java.util.HashMap<>();
    for (Header header : one.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return new Heard(
        one.topic(), Optional.ofNullable(one.key()), json(one.value()), Map.copyOf(headers));
  }

  private static Optional<JsonNode> json(byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.mapper().readTree(value));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
