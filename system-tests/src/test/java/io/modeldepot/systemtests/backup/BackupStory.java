package io.modeldepot.systemtests.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.store.ModelStore;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One depot, one story: a model is saved, lost, and comes back; here and on an empty machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupStory {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();

  @BeforeAll
  void start() {
    depot.addJanitor().start();
    String id = registry.download(Map.of("model", "phi-2"));
    JsonNode end = registry.ended(id, Duration.ofMinutes(3));
    assertThat(end.path("state").asText()).as("%s", end).isEqualTo("done");
    until("the registry shows it", () -> versions("phi-2") == 1);
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void aBackupSaysWhatItSavedAndTheNextOneIsSmall() {
    Shell shell = depot.shell();

    assertThat(shell.depot("backup").ok()).contains("1 version of 1 model");
    JsonNode again = json(shell.depot("backup --json --progress none").ok());

    assertThat(again.path("state").asText()).isEqualTo("done");
    assertThat(again.at("/result/addedBytes").asLong())
        .as("%s", again)
        .isLessThan(again.at("/result/totalBytes").asLong() / 20);
    assertThat(shell.depot("backups -q").ok().lines()).hasSize(2);
    assertThat(shell.depot("backups check --read-data").exit()).isZero();
  }

  @Test
  @Order(2)
  void whatIsGoneComesBackAndTheRegistryKnowsItAtOnce() throws IOException {
    Shell shell = depot.shell();
    shell.depot("cleanup --scope model phi-2").ok();
    until("the registry knows that it went", () -> versions("phi-2") == 0);

    String said = shell.depot("restore latest").ok();

    assertThat(said).contains("phi-2").contains("restored, new");
    until("the registry knows that it is back", () -> versions("phi-2") == 1);
    assertThat(shell.depot("verify phi-2").exit()).isZero();
    assertThat(ModelStore.open(depot.models()).invariants().brokenAtRest()).isEmpty();
  }

  @Test
  @Order(3)
  void anEmptyMachineNeedsTheBackupAndTheCommandOnly(@TempDir Path elsewhere) throws IOException {
    Shell shell = depot.shell();
    Path models = elsewhere.resolve("ai-models");
    shell.depot("setup --models-dir " + models).ok();

    shell.depot("restore latest --at " + depot.backups() + " --models-dir " + models).ok();

    assertThat(models.resolve("models/phi/phi-2/config.json")).exists();
    assertThat(shell.depot("verify phi-2 --models-dir " + models).exit()).isZero();
    assertThat(ModelStore.open(models).invariants().brokenAtRest()).isEmpty();
  }

  /** As the guide says it: the backup, the command, and a depot that was started anew. */
  @Test
  @Order(4)
  void anEmptyMachineHasCatalogPinsHistoryAndTrailAgain() throws IOException {
    Shell shell = depot.shell();
    shell.depot("pin phi-2").ok();
    // What a backup did is audited after its dump was read; only what was before it is in it.
    JsonNode head = registry.get("/audit/head").body();
    shell.depot("backup --progress none").ok();
    String pin = registry.get("/models/phi-2").body().path("pin").asText();
    int asked = registry.get("/downloads?model=phi-2").body().path("items").size();
    Path models = io.modeldepot.testkit.process.Repository.newDataFolder("models-anew");
    shell.depot("setup --models-dir " + models).ok();
    shell.depot("restore latest --at " + depot.backups() + " --models-dir " + models).ok();

    try (Depot anew = Depot.start(hub.url(), 1, models, Map.of())) {
      String restore = "restore latest --at " + depot.backups() + " --registry";
      String said = anew.shell().depot(restore).ok();
      RegistryClient there = anew.registry();

      assertThat(said).contains("its audit trail goes on after record");
      assertThat(pin).isNotEmpty();
      assertThat(there.get("/models/phi-2").body().path("pin").asText()).isEqualTo(pin);
      assertThat(there.get("/downloads?model=phi-2").body().path("items")).hasSize(asked);
      String kept = "?seq=" + head.path("seq").asLong() + "&hash=" + head.path("hash").asText();
      assertThat(there.get("/audit/verify" + kept).body().path("intact").asBoolean())
          .as("%s: %s", kept, there.get("/audit/verify" + kept))
          .isTrue();
      Wait.until(
          "what was restored is listed", SOON, () -> versions(there, "phi-2") == 1, anew::logs);
      assertThat(anew.shell().depot("verify phi-2").exit()).isZero();
      assertThat(anew.shell().depot(restore).ok()).contains("already");
    }
  }

  @Test
  @Order(5)
  void whatWasExportedIsListedByADepotThatRunsOnceItIsImported() {
    Shell shell = depot.shell();
    Path archive = depot.models().resolveSibling("depot-" + System.nanoTime() + ".tar.gz");
    shell.depot("export " + archive + " --model phi-2").ok();
    String commit = registry.get("/models/phi-2").body().at("/current/commit").asText();
    shell.depot("unpin phi-2").ok();
    shell.depot("cleanup --scope model phi-2").ok();
    until("the registry knows that it went", () -> versions("phi-2") == 0);

    String said = shell.depot("import " + archive).ok();

    assertThat(said).contains("phi-2").contains("imported, new");
    until("the registry lists it", () -> versions("phi-2") == 1);
    assertThat(registry.get("/models/phi-2").body().at("/current/commit").asText())
        .isEqualTo(commit);
  }

  private int versions(String model) {
    return versions(registry, model);
  }

  private static int versions(RegistryClient registry, String model) {
    int present = 0;
    for (JsonNode one : registry.get("/models/" + model + "/versions").body().path("items")) {
      present += one.path("state").asText().equals("present") ? 1 : 0;
    }
    return present;
  }

  private void until(String what, java.util.function.BooleanSupplier look) {
    Wait.until(what, SOON, look::getAsBoolean, depot::logs);
  }

  private static JsonNode json(String text) throws java.io.UncheckedIOException {
    try {
      return io.modeldepot.events.wire.Wire.mapper().readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
