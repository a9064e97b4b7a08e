package io.modeldepot.janitor.house;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every test of the whole janitor has at hand. */
@QuarkusTest
@QuarkusTestResource(World.class)
@SuppressWarnings("NullAway.Init") // injected before each test
abstract class House {
  private static final Set<String> FINAL = Set.of("done", "failed", "expired", "planned");

  TestBroker broker;

  @ConfigProperty(name = "depot.models-dir")
  Path root;

  ModelStore store;
  Ear ear;
  KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void open() throws IOException {
    store = ModelStore.open(root);
    ear =
        new Ear(
            broker.bootstrapServers(),
            List.of(
                "maintenance-progressed",
                "model-removed",
                "model-corrupted",
                "model-checked",
                "service-reported",
                "download-requested",
                "cleanup-due.dead-letter"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close();
    ear.close();
  }

  /** As by hand: no key, no headers. */
  void ask(String json) {
    send("cleanup-due", null, json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  void publish(TopicSpec topic, @Nullable String key, Object payload) {
    send(topic.name(), key, Wire.write(payload), Map.of());
  }

  void send(
      String topic, @Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      var unused = producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns when every command sent before has been handled: they are, one after the other. */
  void awaitIntake() {
    String marker = UUID.randomUUID().toString();
    send("cleanup-due", null, "no json".getBytes(StandardCharsets.UTF_8), Map.of("marker", marker));
    Ear.Heard unused =
        ear.await("cleanup-due.dead-letter", it -> marker.equals(it.headers().get("marker")));
  }

  /** The last word on a request. */
  Ear.Heard ended(String requestId) {
    return ear.await(
        "maintenance-progressed",
        it -> it.key().equals(Optional.of(requestId)) && FINAL.contains(it.text("/state")));
  }

  /** The first record that shows a request in a state. */
  Ear.Heard reached(String requestId, String state) {
    return ear.await(
        "maintenance-progressed",
        it -> it.key().equals(Optional.of(requestId)) && it.text("/state").equals(state));
  }
}
