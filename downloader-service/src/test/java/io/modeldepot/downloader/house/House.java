package io.modeldepot.downloader.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.manifest.Current;
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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every test of the whole downloader has at hand. */
@QuarkusTest
@QuarkusTestResource(World.class)
@SuppressWarnings("NullAway.Init") // injected before each test
abstract class House {
  static final String DONE = "done";

  private static final Set<String> FINAL =
      Set.of(DONE, "failed", "cancelled", "expired", "planned");

  FakeHub hub;
  TestBroker broker;

  @ConfigProperty(name = "depot.models-dir")
  Path root;

  @ConfigProperty(name = "depot.preflight.import-roots")
  Path imports;

  /** Of all tests of a class: it hears everything that was ever said, which grows with each. */
  static @Nullable Ear sharedEar;

  ModelStore store;
  Ear ear;
  KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void open() throws IOException {
    hub.forget();
    store = ModelStore.open(root);
    if (sharedEar == null) {
      sharedEar =
          new Ear(
              broker.bootstrapServers(),
              List.of(
                  "download-progressed",
                  "download-failed",
                  "model-verified",
                  "storage-reported",
                  "service-reported",
                  "download-requested.dead-letter"));
    }
    ear = sharedEar;
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
    Promises.kept(ear, store, root);
  }

  @AfterAll
  static void hearNoMore() {
    if (sharedEar != null) {
      sharedEar.close();
      sharedEar = null;
    }
  }

  /** A repository with weights, a configuration and a README. */
  FakeRepository repository(String name, long weightsBytes) {
    return hub.repository("org/" + name)
        .put("README.md", "# " + name + "\n")
        .put(
            "config.json",
            "{\"architectures\":[\"LlamaForCausalLM\"],\"_name_or_path\":\"%s\"}".formatted(name))
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

  /** Says that the catalog has a repository under a name. */
  void describe(String model, String repository) {
    describe(model, repository, Profile.FULL, false, null, 1);
  }

  void describe(
      String model, Profile profile, boolean active, @Nullable CommitId pin, long generation) {
    describe(model, "org/" + model, profile, active, pin, generation);
  }

  private void describe(
      String model,
      String repository,
      Profile profile,
      boolean active,
      @Nullable CommitId pin,
      long generation) {
    publish(
        Topics.MODEL_DESCRIBED,
        model,
        new ModelDescribed(
            ModelName.of(model),
            FamilyName.of("testing"),
            Optional.of(RepositoryId.of(repository)),
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

  /** Asks for a model under an id; {@code more} are further members of the JSON object. */
  void ask(String id, String model, String... more) {
    ask(
        "{\"requestId\":\"%s\",\"model\":\"%s\"%s}"
            .formatted(id, model, List.of(more).stream().map(it -> "," + it).collect(joining())));
  }

  void cancel(String id) {
    ask("{\"action\":\"cancel\",\"requestId\":\"%s\"}".formatted(id));
  }

  /** Returns when every command sent before has been handled: they are, one after the other. */
  void awaitIntake() {
    String marker = UUID.randomUUID().toString();
    send(
        "download-requested",
        null,
        "no json".getBytes(StandardCharsets.UTF_8),
        Map.of("marker", marker));
    Ear.Heard unused = refusal(it -> marker.equals(it.headers().get("marker")));
  }

  /** A dead letter. */
  Ear.Heard refusal(Predicate<Ear.Heard> like) {
    return ear.await("download-requested.dead-letter", like);
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
    return progressed(requestId, it -> FINAL.contains(it.text("/state")));
  }

  /** The last word on whatever was asked of a model. */
  Ear.Heard endedModel(String model) {
    return ear.await(
        "download-progressed",
        it -> it.text("/model").equals(model) && FINAL.contains(it.text("/state")));
  }

  /** The end of a request that has to end well. */
  Ear.Heard done(String requestId) {
    Ear.Heard end = ended(requestId);
    assertThat(end.text("/state")).as("%s", end).isEqualTo(DONE);
    return end;
  }

  /** The fact about a request that has to fail. */
  Ear.Heard failed(String requestId) {
    Ear.Heard end = ended(requestId);
    assertThat(end.text("/state")).as("%s", end).isEqualTo("failed");
    return ear.await("download-failed", it -> it.text("/requestId").equals(requestId));
  }

  /** The first record that shows a request in a state. */
  Ear.Heard reached(String requestId, String state) {
    return progressed(requestId, it -> it.text("/state").equals(state));
  }

  Ear.Heard progressed(String requestId, Predicate<Ear.Heard> like) {
    return ear.await(
        "download-progressed", it -> it.text("/requestId").equals(requestId) && like.test(it));
  }

  /** The record of a version, once it is like this. */
  Ear.Heard version(String model, CommitId commit, Predicate<Ear.Heard> like) {
    String key = "default/" + model + "/" + commit;
    return ear.await("model-verified", it -> it.key().equals(Optional.of(key)) && like.test(it));
  }

  Ear.Heard version(String model, CommitId commit) {
    return version(model, commit, it -> true);
  }

  /** How often the hub was asked for the content of a file. */
  long fetches(String path) {
    return hub.requests().stream()
        .filter(it -> it.host().equals("hub") && it.isContent() && it.path().endsWith(path))
        .count();
  }

  /** Waits for what no record tells: something on the volume. */
  static void until(String what, Look look) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!look.sees()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within 20 s: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** A look at the volume. */
  @FunctionalInterface
  interface Look {
    boolean sees() throws IOException;
  }

  /** Every path below a directory; what disappears meanwhile is left out. */
  static List<Path> below(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            all.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            all.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }

  Path view(String model) {
    return root.resolve("models/testing").resolve(model);
  }

  Path tree(String model, CommitId commit) {
    return root.resolve("versions").resolve(model).resolve(commit.value());
  }

  Optional<CommitId> current(String model) throws IOException {
    return store.versions().current(ModelName.of(model)).flatMap(Current::commit);
  }

  /** What is wrong with a version on the volume, every byte of it read. */
  List<?> findings(String model, CommitId commit) throws IOException {
    return store
        .verifier()
        .verify(ModelName.of(model), commit, Verifier.Depth.BYTES, bytes -> {})
        .orElseThrow()
        .findings();
  }
}
