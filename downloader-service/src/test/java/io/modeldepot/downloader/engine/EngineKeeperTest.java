package io.modeldepot.downloader.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.volume.TestShelves;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.Engine;
import io.modeldepot.events.state.EngineFile;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.EngineMark;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.state.StateTopics;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.store.ModelStore;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.triton.FakeTriton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions by a real broker become folders on a real volume, and servers are told over HTTP. */
@SuppressWarnings("NullAway.Init") // made before each test
final class EngineKeeperTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final LocationName HERE = LocationName.of("default");
  private static final CommitId COMMIT = CommitId.of("a".repeat(40));

  private final ModelName phi = ModelName.of("phi-" + System.nanoTime());
  private final ModelName witness = ModelName.of("witness-" + System.nanoTime());
  @TempDir Path root;
  private final TestBroker broker = TestBroker.shared();
  private final KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
  private final Map<String, EngineReported> reported = new ConcurrentHashMap<>();
  private final List<House> houses = new ArrayList<>();
  private Announcer announcer;
  private StateTopicReader<EngineReported> reader;
  private FakeTriton first;
  private FakeTriton second;

  /** A downloader, as far as engines are concerned. */
  private record House(
      StateTopics states, Placements placements, Thread thread, VolumeKeeper volume) {
    void close() throws InterruptedException {
      states.close();
      thread.interrupt();
      thread.join();
      volume.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    var unused = ModelStore.setUp(root, HERE);
    var unusedToo = new TopicProvisioner(connection).provision(PATIENCE);
    announcer =
        new Announcer(connection, new ServiceIdentity("downloader", "d", "1"), Clock.systemUTC());
    reader =
        StateTopicReader.start(
            connection,
            Topics.ENGINE_REPORTED,
            EngineReported.class,
            it -> it.value().ifPresent(value -> reported.put(it.key(), value)));
    first = FakeTriton.start(root.resolve("engines/triton/gpu-host/0"));
    second = FakeTriton.start(root.resolve("engines/triton/gpu-host/1"));
  }

  @AfterEach
  void stop() throws Exception {
    // Whoever is closed in the middle of a removal leaves that to the next one.
    await("at rest", this::isAtRest);
    for (House house : houses) {
      house.close();
    }
    forget(phi);
    forget(witness);
    reader.close();
    announcer.close();
    first.close();
    second.close();
  }

  private boolean isAtRest() {
    try {
      return ModelStore.open(root).invariants().brokenAtRest().isEmpty();
    } catch (IOException e) {
      return false; // something goes while it is looked at
    }
  }

  private House open() {
    VolumeKeeper volume = TestShelves.keeper(root);
    EngineSettings settings =
        new Settings(List.of("gpu-host/0=" + first.url(), "gpu-host/1=" + second.url()));
    Placements placements = new Placements();
    EngineKeeper keeper =
        new EngineKeeper(volume, placements, new EngineTeller(volume, announcer), settings);
    StateTopics states = new StateTopics(connection);
    keeper.join(states);
    states.start();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    keeper.keep();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    House house = new House(states, placements, thread, volume);
    houses.add(house);
    return house;
  }

  private record Settings(List<String> servers) implements EngineSettings {
    @Override
    public Optional<List<String>> triton() {
      return Optional.of(servers);
    }

    @Override
    public Duration checkEvery() {
      return Duration.ofMillis(100);
    }

    @Override
    public Duration loadTimeout() {
      return Duration.ofSeconds(20);
    }

    @Override
    public Duration retryBase() {
      return Duration.ofMillis(50);
    }

    @Override
    public Duration retryCap() {
      return Duration.ofMillis(500);
    }
  }

  @Test
  void aDecisionIsPublishedLoadedAndReported() throws Exception {
    var unused = open();

    decide(phi, 7, replica("gpu-host", "0"));

    await("ready", () -> state(phi, "0").equals(Optional.of(EngineState.READY)));
    assertThat(folder("gpu-host", "0", phi).resolve("1/model.json")).exists();
    assertThat(first.heard()).containsExactly("load " + phi);
    assertThat(report(phi).generation()).isEqualTo(7);
  }

  @Test
  void aModelThatMovesIsUnloadedThereAndItsFolderGoes() throws Exception {
    var unused = open();
    decide(phi, 7, replica("gpu-host", "0"));
    await("ready", () -> state(phi, "0").equals(Optional.of(EngineState.READY)));

    decide(phi, 8, replica("gpu-host", "1"));

    await("ready there", () -> state(phi, "1").equals(Optional.of(EngineState.READY)));
    await("gone here", () -> !Files.exists(folder("gpu-host", "0", phi)));
    assertThat(first.heard()).containsExactly("load " + phi, "unload " + phi);
    await("nothing said of it any more", () -> state(phi, "0").isEmpty());
  }

  @Test
  void whileItCannotBeUnloadedItsFolderStays() throws Exception {
    var unused = open();
    decide(phi, 7, replica("gpu-host", "0"));
    await("ready", () -> state(phi, "0").equals(Optional.of(EngineState.READY)));
    first.keepLoaded(true);

    decide(phi, 8);

    await("said", () -> server(phi, "0").flatMap(EngineServer::detail).isPresent());
    assertThat(state(phi, "0")).contains(EngineState.UNLOADING);
    assertThat(folder("gpu-host", "0", phi)).exists();
    first.keepLoaded(false);
    await("gone", () -> !Files.exists(folder("gpu-host", "0", phi)));
  }

  @Test
  void anOlderDecisionThatComesLateChangesNothing() throws Exception {
    var unused = open();
    decide(phi, 8, replica("gpu-host", "1"));
    await("published", () -> Files.exists(folder("gpu-host", "1", phi)));

    decide(phi, 7, replica("gpu-host", "0"));
    decide(witness, 1, replica("gpu-host", "0"));

    await("the witness", () -> Files.exists(folder("gpu-host", "0", witness)));
    assertThat(folder("gpu-host", "0", phi)).doesNotExist();
    assertThat(folder("gpu-host", "1", phi)).exists();
  }

  @Test
  void atStartWhatWasMissedIsMadeUpFor() throws Exception {
    House before = open();
    decide(phi, 7, replica("gpu-host", "0"));
    await("ready", () -> state(phi, "0").equals(Optional.of(EngineState.READY)));
    before.close();
    decide(phi, 8, replica("gpu-host", "1"));
    delete(folder("gpu-host", "0", phi));

    var unused = open();

    await("ready there", () -> state(phi, "1").equals(Optional.of(EngineState.READY)));
    await("unloaded here", () -> first.loaded(phi.value()).isEmpty());
  }

  @Test
  void aLostTopicTakesNothingAway() throws Exception {
    House before = open();
    decide(phi, 7, replica("gpu-host", "0"));
    await("ready", () -> state(phi, "0").equals(Optional.of(EngineState.READY)));
    before.close();
    forget(phi);

    var unused = open();
    decide(witness, 1, replica("gpu-host", "0"));

    await("the witness", () -> state(witness, "0").equals(Optional.of(EngineState.READY)));
    assertThat(folder("gpu-host", "0", phi)).exists();
    assertThat(first.loaded(phi.value())).isPresent();
  }

  @Test
  void ofTwoDownloadersOneTellsTheServersAndTheOtherTakesOver() throws Exception {
    House one = open();
    var unused = open();
    decide(phi, 7, replica("gpu-host", "0"));
    await("ready", () -> state(phi, "0").equals(Optional.of(EngineState.READY)));
    assertThat(first.heard()).containsExactly("load " + phi);

    one.close();
    decide(phi, 8, replica("gpu-host", "1"));

    await("ready there", () -> state(phi, "1").equals(Optional.of(EngineState.READY)));
  }

  @Test
  void withoutAServerTheFilesArePublishedAndThatIsSaid() throws Exception {
    var unused = open();

    decide(phi, 7, replica("lonely-host", "0"));

    await("published", () -> state(phi, "0").equals(Optional.of(EngineState.PUBLISHED)));
    assertThat(folder("lonely-host", "0", phi).resolve("config.pbtxt")).exists();
    decide(phi, 8);
    await("gone", () -> !Files.exists(folder("lonely-host", "0", phi)));
  }

  @Test
  void aHostileHostHarmsNobody() throws Exception {
    var unused = open();

    decide(phi, 7, replica("../../versions", "0"), replica("gpu-host", "0"));

    await("the good one", () -> first.loaded(phi.value()).isPresent());
    await("the bad one is told", () -> state(phi, "0", "../../versions").isPresent());
    assertThat(state(phi, "0", "../../versions")).contains(EngineState.FAILED);
    assertThat(root.resolve("versions").resolve("0")).doesNotExist();
  }

  @Test
  void aFileNameThatLeadsOutOfTheRepositoryHoldsUpNobody() throws Exception {
    var unused = open();

    decideWith(phi, 7, "/../../../versions/x", replica("gpu-host", "0"));
    decide(witness, 1, replica("gpu-host", "0"));

    await("the witness", () -> Files.exists(folder("gpu-host", "0", witness)));
    assertThat(folder("gpu-host", "0", phi)).doesNotExist();
    assertThat(root.resolve("versions/x")).doesNotExist();
  }

  @Test
  void whatIsDecidedForAnotherLocationIsNotPublishedHere() throws Exception {
    var unused = open();

    decide(phi, 7, replica(LocationName.of("elsewhere"), "gpu-host", "0"));
    decide(witness, 1, replica("gpu-host", "0"));

    await("the witness", () -> Files.exists(folder("gpu-host", "0", witness)));
    assertThat(folder("gpu-host", "0", phi)).doesNotExist();
  }

  private static Replica replica(String host, String gpu) {
    return replica(HERE, host, gpu);
  }

  private static Replica replica(LocationName location, String host, String gpu) {
    String mark = EngineMark.parameter(Sha256.of(gpu.repeat(64)));
    return new Replica(
        location,
        host,
        List.of(new GpuShare(gpu, 1, 1, 1)),
        1,
        2048,
        "float16",
        Optional.empty(),
        1,
        new Engine("vllm", Map.of(), List.of(), List.of(new EngineFile("", mark))));
  }

  /** The files get the model's name here. */
  private static Replica named(Replica it, ModelName model, String file) {
    String mark = it.engine().files().getFirst().content();
    return new Replica(
        it.location(),
        it.host(),
        it.gpus(),
        it.users(),
        it.contextTokens(),
        it.dtype(),
        it.quantization(),
        it.tensorParallel(),
        new Engine(
            "vllm",
            Map.of(),
            List.of(),
            List.of(
                new EngineFile(model + "/config.pbtxt", mark),
                new EngineFile(model + file, "{}"))));
  }

  private void decide(ModelName model, long generation, Replica... replicas) throws Exception {
    decideWith(model, generation, "/1/model.json", replicas);
  }

  private void decideWith(ModelName model, long generation, String file, Replica... replicas)
      throws Exception {
    boolean runs = replicas.length > 0;
    var unused =
        announcer
            .announce(
                Topics.MODEL_PLACED,
                model.value(),
                new ModelPlaced(
                    model,
                    generation,
                    runs ? PlacementState.PLACED : PlacementState.UNPLACED,
                    generation,
                    runs ? Optional.of(COMMIT) : Optional.empty(),
                    runs ? Optional.of("versions/" + model + "/" + COMMIT) : Optional.empty(),
                    Stream.of(replicas).map(it -> named(it, model, file)).toList(),
                    Optional.empty(),
                    "because",
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Instant.now()))
            .get(30, TimeUnit.SECONDS);
  }

  private void forget(ModelName model) throws Exception {
    announcer
        .publishAsIs(
            new org.apache.kafka.clients.producer.ProducerRecord<>(
                "model-placed",
                model.value().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                null))
        .get(30, TimeUnit.SECONDS);
  }

  private Path folder(String host, String gpus, ModelName model) {
    return root.resolve("engines/triton").resolve(host).resolve(gpus).resolve(model.value());
  }

  private EngineReported report(ModelName model) {
    return Objects.requireNonNull(reported.get("default/" + model), "nothing was reported");
  }

  private Optional<EngineServer> server(ModelName model, String gpus) {
    return Optional.ofNullable(reported.get("default/" + model)).stream()
        .flatMap(it -> it.servers().stream())
        .filter(it -> it.gpus().equals(gpus))
        .findFirst();
  }

  private Optional<EngineState> state(ModelName model, String gpus, String host) {
    return Optional.ofNullable(reported.get("default/" + model)).stream()
        .flatMap(it -> it.servers().stream())
        .filter(it -> it.gpus().equals(gpus) && it.host().equals(host))
        .map(EngineServer::state)
        .findFirst();
  }

  private Optional<EngineState> state(ModelName model, String gpus) {
    return server(model, gpus).map(EngineServer::state);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Not in time: "
                + what
                + ". Reported: "
                + reported
                + "; heard: "
                + first.heard()
                + ", "
                + second.heard());
      }
      Thread.sleep(20);
    }
  }
}
