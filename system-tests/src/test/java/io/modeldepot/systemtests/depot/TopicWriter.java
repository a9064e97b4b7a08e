package io.modeldepot.systemtests.depot;

import io.modeldepot.events.wire.Wire;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes as a person with kcat would: the payload, no key, no headers. */
public final class TopicWriter {
  private final Map<String, Object> settings;

  /** With a client that is set so, by Kafka's names. */
  public TopicWriter(Map<String, String> client) {
    this.settings = new HashMap<>(client);
    settings.put("acks", "all");
    KafkaTalk.hush();
  }

  /** Publishes payloads in this order, and returns when the broker has them. */
  public void publish(String topic, Object... payloads) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Object payload : payloads) {
        byte[] bytes = payload instanceof byte[] raw ? raw : Wire.write(payload);
        producer.send(new ProducerRecord<>(topic, bytes)).get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
