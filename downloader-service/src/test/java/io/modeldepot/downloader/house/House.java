package io.modeldepot.downloader.house;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.FakeRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every test of the whole downloader has at hand. */
@QuarkusTest
@QuarkusTestResource(World.class)
@SuppressWarnings("NullAway.Init") // injected before each test
abstract class House {
  static final String DONE = "done";

  FakeHub hub;
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
                "download-progressed",
                "download-failed",
                "model-verified",
                "storage-reported",
                "service-reported",
                "download-requested.dead-letter"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() throws IOException {
    hub.calm();
    producer.close();
    ear.close();
    org.assertj.core.api.Assertions.assertThat(store.invariants().brokenAtAnyMoment()).isEmpty();
  }

  /** A repository with weights, a configuration and a README. */
  FakeRepository repository(String name, long weightsBytes) {
    return hub.repository("org/" + name)
        .put("README.md", "# " + name + "\n")
        .put("config.json", "{\"architectures\":[\"LlamaForCausalLM\"],\"hidden_size\":64}")
        .put("model.safetensors", safetensors(name.hashCode(), weightsBytes));
  }

  /** A well-formed file of one tensor. */
  static Content safetensors(long seed, long bytes) {
    byte[] header =
        ("{\"w\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                .formatted(bytes / 2, bytes / 2 * 2))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate((int) (8 + header.length + bytes / 2 * 2))
            .order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(header.length).put(header);
    byte[] data = new byte[all.remaining()];
    new java.util.Random(seed).nextBytes(data);
    return Content.of(all.put(data).array());
  }

  /** Says what the catalog says of a model. */
  void describe(String model, boolean active, @Nullable CommitId pin, long generation) {
    describe(model, Profile.FULL, active, pin, generation);
  }

  void describe(
      String model, Profile profile, boolean active, @Nullable CommitId pin, long generation) {
    publish(
        Topics.MODEL_DESCRIBED,
        model,
        new ModelDescribed(
            ModelName.of(model),
            FamilyName.of("testing"),
            Optional.of(RepositoryId.of("org/" + model)),
            model,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(pin),
            UpdatePolicy.MANUAL,
            3,
            active,
            List.of(LocationName.of("default")),
            profile,
            Optional.empty(),
            generation));
  }

  void describe(String model) {
    describe(model, false, null, 1);
  }

  void publish(TopicSpec topic, @Nullable String key, Object payload) {
    send(topic.name(), key, Wire.write(payload), Map.of());
  }

  /** As by hand: no key, no headers. */
  void ask(String json) {
    send("download-requested", null, json.getBytes(StandardCharsets.UTF_8), Map.of());
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

  /** The last word on a request. */
  Ear.Heard ended(String requestId) {
    return ear.await(
        "download-progressed",
        it ->
            it.text("/requestId").equals(requestId)
                && List.of(DONE, "failed", "cancelled", "expired", "planned")
                    .contains(it.text("/state")));
  }

  /** The last word on whatever was asked of a model. */
  Ear.Heard endedModel(String model) {
    return ear.await(
        "download-progressed",
        it ->
            it.text("/model").equals(model)
                && List.of(DONE, "failed", "cancelled", "expired", "planned")
                    .contains(it.text("/state")));
  }

  Path view(String model) {
    return root.resolve("models/testing").resolve(model);
  }
}
