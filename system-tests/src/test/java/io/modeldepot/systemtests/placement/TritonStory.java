package io.modeldepot.systemtests.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.triton.FakeTriton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** From a decision to an inference server: the folder on the volume, the load, the unload. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TritonStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHI = "phi-2";

  private final Path models = Repository.newDataFolder("models");
  private final Path repository = models.resolve("engines/triton/gpu-host/0");
  private final FakeTriton triton = FakeTriton.start(repository);
  private final DemoHub hub = DemoHub.start();
  private final Depot depot =
      Depot.start(
          hub.url(),
          1,
          models,
          Map.of(
              "DEPOT_ENGINE_TRITON",
              "gpu-host/0=" + triton.url(),
              "DEPOT_ENGINE_CHECK_EVERY",
              "500ms"));
  private final RegistryClient registry = depot.registry();

  @BeforeAll
  void start() {
    depot.placement(0).start();
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
    triton.close();
  }

  @Test
  @Order(1)
  void aPlacedModelIsPublishedForItsServerAndLoaded() throws Exception {
    String id = registry.download(Map.of("model", PHI));
    assertThat(registry.ended(id, SOON).path("state").asText()).isEqualTo("done");

    until("it is loaded", () -> triton.loaded(PHI).isPresent());

    assertThat(repository.resolve(PHI + "/config.pbtxt"))
        .hasContent(triton.loaded(PHI).orElseThrow());
    assertThat(Files.readString(repository.resolve(PHI + "/1/model.json")))
        .as("engines get the immutable path")
        .contains("versions/phi-2/");
    assertThat(triton.heard()).containsExactly("load phi-2");
    until("the operator sees it", () -> state().equals("ready"));
  }

  @Test
  @Order(2)
  void aServerThatStartedAgainIsToldAgain() {
    triton.stop();
    until("its absence is seen", () -> !state().equals("ready"));
    triton.forget();

    triton.startAgain();

    until("it is loaded again", () -> triton.loaded(PHI).isPresent());
    assertThat(triton.heard()).containsExactly("load phi-2");
    until("the operator sees it", () -> state().equals("ready"));
  }

  @Test
  @Order(3)
  void whatIsAskedForNoMoreIsUnloadedAndItsFolderGoes() {
    triton.forget();

    Shell.Result taken = depot.shell().depot("unplace phi-2");

    assertThat(taken.exit()).as(taken.err()).isZero();
    until("it is unloaded", () -> triton.loaded(PHI).isEmpty());
    until("its folder is gone", () -> !Files.exists(repository.resolve(PHI)));
    assertThat(triton.heard()).containsExactly("unload phi-2");
    assertThat(models.resolve("models")).as("the model's own files stay").isNotEmptyDirectory();
  }

  @Test
  @Order(4)
  void aServerThatIsDownWhenAModelIsPlacedIsAskedAgain() {
    triton.stop();
    triton.forget();

    depot.shell().depot("place phi-2 --users 1 --context 512 --gpu gpu-host/0");

    until("it is published", () -> Files.exists(repository.resolve(PHI + "/config.pbtxt")));
    until("its absence is seen", () -> state().equals("failed"));
    triton.startAgain();
    until("it is loaded", () -> triton.loaded(PHI).isPresent());
    assertThat(triton.heard()).contains("load phi-2");
    until("the operator sees it", () -> state().equals("ready"));
  }

  private void until(String what, Callable<Boolean> condition) {
    Wait.until(
        what,
        SOON,
        condition,
        () -> registry.get("/placements/" + PHI) + "\n" + depot.downloader(0).log());
  }

  /** What the decision says of the server. */
  private String state() {
    JsonNode decision = registry.get("/placements/" + PHI).body();
    return decision.at("/servers/0/state").asText();
  }
}
