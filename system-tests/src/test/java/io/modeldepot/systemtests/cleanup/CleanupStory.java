package io.modeldepot.systemtests.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.store.ModelStore;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One depot, one story: a model of two versions, cleaned up in every way and brought back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CleanupStory {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private final ServiceProcess janitor = depot.addJanitor();

  @BeforeAll
  void start() {
    janitor.start();
    download("phi-2", "v1");
    download("phi-2", "main");
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void aDryRunSaysWhatAndWhyAndItsPlanIsDoneExactly() {
    Shell shell = depot.shell();
    Shell.Result dry = shell.depot("cleanup --scope versions phi-2 --keep 1 --dry-run --json");
    JsonNode plan = json(dry.ok());

    assertThat(plan.path("state").asText()).isEqualTo("planned");
    assertThat(plan.at("/result/removed")).hasSize(1);
    assertThat(plan.at("/result/removed/0/reason").asText()).contains("old version");
    assertThat(versions("phi-2")).isEqualTo(2);

    String done = shell.depot("cleanup --plan " + plan.at("/result/planId").asText()).ok();

    assertThat(done).contains("REMOVED").contains("phi-2@").contains("KEEP");
    until("the registry knows it", () -> versions("phi-2") == 1);
  }

  @Test
  @Order(2)
  void whatWentComesBack() throws IOException {
    String said = depot.shell().depot("undo").ok();

    assertThat(said).contains("phi-2@").contains("is back");
    until("the registry knows it", () -> versions("phi-2") == 2);
    assertThat(ModelStore.open(depot.models()).invariants().brokenAtRest()).isEmpty();
  }

  @Test
  @Order(3)
  void anActiveModelStaysAndTheCommandSaysWhy() {
    Shell shell = depot.shell();
    shell.depot("activate phi-2").ok();
    until("it is active", () -> Files.isSymbolicLink(depot.models().resolve("active/phi-2")));

    Shell.Result kept = shell.depot("cleanup --scope model phi-2");

    assertThat(kept.exit()).isEqualTo(8);
    assertThat(kept.out()).contains("active");
    assertThat(versions("phi-2")).isEqualTo(2);
    shell.depot("deactivate phi-2").ok();
    until("it is not active", () -> !Files.exists(depot.models().resolve("active/phi-2")));
  }

  @Test
  @Order(4)
  void aJanitorThatIsKilledInTheMiddleIsFinishedByTheNext() throws IOException {
    registry.post(
        "/cleanups", Map.of("scope", "model", "model", "phi-2", "requestId", "killed-midway"));
    Path trash = depot.models().resolve(".depot/trash");
    until("the first version is in the trash", () -> files(trash) > 0);
    janitor.kill();
    ServiceProcess next = depot.addJanitor().start();

    JsonNode end = ended("killed-midway");

    assertThat(end.path("state").asText()).as("%s %s", end, next.log()).isEqualTo("done");
    assertThat(end.at("/result/removed")).hasSize(2);
    assertThat(depot.models().resolve("models/phi/phi-2")).doesNotExist();
    assertThat(ModelStore.open(depot.models()).invariants().brokenAtRest()).isEmpty();
    depot.shell().depot("undo killed-midway").ok();
    until("the registry knows it", () -> versions("phi-2") == 2);
    assertThat(depot.shell().depot("verify phi-2").exit()).isZero();
  }

  @Test
  @Order(5)
  void anEventByHandIsWorthTheSame() {
    depot.writer().publish("cleanup-due", Map.of("scope", "cache", "requestId", "by-hand"));

    JsonNode end = ended("by-hand");

    assertThat(end.path("state").asText()).isEqualTo("done");
    assertThat(end.path("origin").asText()).isEqualTo("event");
  }

  private void download(String model, String revision) {
    String id = registry.download(Map.of("model", model, "revision", revision));
    JsonNode end = registry.ended(id, Duration.ofMinutes(3));
    assertThat(end.path("state").asText()).as("%s", end).isEqualTo("done");
    until("it is shown", () -> versions(model) > 0);
  }

  private int versions(String model) {
    int present = 0;
    for (JsonNode one : registry.get("/models/" + model + "/versions").body().path("items")) {
      present += one.path("state").asText().equals("present") ? 1 : 0;
    }
    return present;
  }

  private JsonNode ended(String id) {
    return Wait.value(
        id + " has ended",
        Duration.ofMinutes(3),
        () -> {
          RegistryClient.Answer answer = registry.get("/cleanups/" + id);
          return answer.body().path("final").asBoolean()
              ? Optional.of(answer.body())
              : Optional.empty();
        },
        () -> registry.get("/cleanups/" + id).toString());
  }

  private static int files(Path directory) {
    String[] names = directory.toFile().list();
    return names == null ? 0 : names.length;
  }

  private void until(String what, java.util.function.BooleanSupplier look) {
    Wait.until(what, SOON, look::getAsBoolean, depot::logs);
  }

  private static JsonNode json(String text) {
    try {
      return io.modeldepot.events.wire.Wire.mapper().readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
