package io.modeldepot.systemtests.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.TopicReader;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.process.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One depot, one story: later tests go on with the models that earlier ones brought in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobStory {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private final Shell shell =
      new Shell(
          depot.models(),
          Map.of(
              "MODELS_DIR", depot.models().toString(),
              "DEPOT_URL", depot.registryProcess().url().toString(),
              "KAFKA", depot.broker().bootstrapServers(),
              "REPO", Repository.root().toString(),
              "NO_COLOR", "1"));

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @BeforeAll
  void theCatalogIsThere() {
    assertThat(registry.get("/models").body().path("items")).hasSize(7);
  }

  @Test
  @Order(1)
  void aModelComesInByNameOverRest() {
    String id = registry.download(Map.of("model", "mistral-7b"));

    assertThat(registry.ended(id, SOON).path("state").asText()).isEqualTo("done");
    JsonNode model = present("mistral-7b");
    assertThat(model.path("state").asText()).isEqualTo("present");
    assertThat(depot.models().resolve("models/mistral/mistral-7b/config.json")).isRegularFile();
  }

  @Test
  @Order(2)
  void anEventByKafkasOwnConsoleProducerLeadsToTheSame() {
    shell
        .run(
            "echo '{\"model\":\"codellama-13b\"}' | \"$REPO\"/scripts/kafka-console-producer.sh"
                + " --bootstrap-server \"$KAFKA\" --topic download-requested")
        .ok();

    JsonNode model = present("codellama-13b");
    assertThat(model.path("current").path("verifiedBy").asText()).isIn("sha256", "git-sha1");
    JsonNode audit = registry.get("/audit?object=model/codellama-13b").body();
    assertThat(audit.path("items").toString()).contains("download.requested").contains("kafka");
  }

  @Test
  @Order(3)
  void theSameEventTwiceIsOneDownload() {
    String event = "{\"model\":\"qwen-7b\",\"requestId\":\"by-hand-1\"}";
    shell
        .run(
            "printf '%s\\n%s\\n' '"
                + event
                + "' '"
                + event
                + "' |"
                + " \"$REPO\"/scripts/kafka-console-producer.sh --bootstrap-server \"$KAFKA\""
                + " --topic download-requested")
        .ok();

    JsonNode ended = registry.ended("by-hand-1", SOON);
    assertThat(ended.path("state").asText()).isEqualTo("done");
    assertThat(depot.topics().all("download-requested.dead-letter")).isEmpty();
    assertThat(
            depot.topics().payloads("download-progressed", DownloadProgressed.class).stream()
                .filter(p -> p.requestId().value().equals("by-hand-1"))
                .filter(p -> p.state().name().equals("DONE"))
                .map(DownloadProgressed::fetchedBytes)
                .distinct())
        .hasSize(1);
  }

  @Test
  @Order(4)
  void aPoisonMessageGoesAsideAndTheNextOneIsServed() {
    shell
        .run(
            "printf '%s\\n' 'no json' '{\"model\":\"../../etc\"}'"
                + " '{\"model\":\"phi-2\",\"action\":\"explode\"}'"
                + " '{\"model\":\"phi-2\",\"requestId\":\"after-poison\"}' |"
                + " \"$REPO\"/scripts/kafka-console-producer.sh --bootstrap-server \"$KAFKA\""
                + " --topic download-requested")
        .ok();

    assertThat(registry.ended("after-poison", SOON).path("state").asText()).isEqualTo("done");
    List<ConsumerRecord<String, byte[]>> dead =
        depot.topics().all("download-requested.dead-letter");
    assertThat(dead)
        .extracting(record -> TopicReader.header(record, "depot_reason"))
        .containsExactly("unreadable", "invalid", "unknown-value");
  }

  @Test
  @Order(5)
  void anOlderRevisionIsAnUpdateThatFetchesOnlyWhatDiffers() {
    JsonNode before = present("phi-2");
    String older = otherCommit("phi-2", before.path("current").path("commit").asText());

    String id = registry.download(Map.of("model", "phi-2", "revision", older));

    JsonNode ended = registry.ended(id, SOON);
    assertThat(ended.path("state").asText()).isEqualTo("done");
    assertThat(ended.path("fetchedBytes").asLong())
        .as("the weights are the same and are linked, not fetched")
        .isLessThan(ended.path("totalBytes").asLong() / 10);
    assertThat(present("phi-2", older).path("current").path("commit").asText()).isEqualTo(older);
  }

  @Test
  @Order(6)
  void aRollbackFetchesNothing() {
    JsonNode versions = registry.get("/models/phi-2/versions").body().path("items");
    String newer = "";
    for (JsonNode version : versions) {
      if (!version.path("current").asBoolean()) {
        newer = version.path("commit").asText();
      }
    }
    RegistryClient.Answer answer = registry.post("/models/phi-2/rollback", Map.of("commit", newer));

    assertThat(answer.status()).isEqualTo(202);
    JsonNode ended = registry.ended(answer.body().path("id").asText(), SOON);
    assertThat(ended.path("state").asText()).isEqualTo("done");
    assertThat(ended.path("fetchedBytes").asLong()).isZero();
    present("phi-2", newer);
  }

  @Test
  @Order(7)
  void theSeedsOwnCommandsWorkOnTheResult() {
    assertThat(shell.run("ls -la models").ok()).contains("mistral").contains("phi");
    assertThat(shell.run("find models -name '*.bin' -exec ls -la {} \\;").ok()).contains(".bin");
    assertThat(shell.run("du -sh models/*/").ok().lines().count()).isGreaterThanOrEqualTo(4);
    assertThat(shell.run("df -h .").ok()).contains("%");
    shell.run("tar -czf \"$(mktemp -d)\"/models.tar.gz models").ok();
    assertThat(shell.run("find models -type f -perm /222").ok()).as("writable files").isEmpty();
  }

  @Test
  @Order(8)
  void aPythonProgramFindsTheModelByModelsDir() {
    if (!Shell.has("python3")) {
      System.out.println("python3 is not here: the path is checked without it.");
      assertThat(depot.models().resolve("models/phi/phi-2/config.json")).isRegularFile();
      return;
    }
    String python =
        "import os, json; from pathlib import Path;"
            + "p = Path(os.environ['MODELS_DIR']) / 'models' / 'phi' / 'phi-2';"
            + "print(json.load(open(p / 'config.json'))['hidden_size'])";

    assertThat(shell.run("python3 -c \"" + python + "\"").ok().trim()).isEqualTo("2560");
  }

  @Test
  @Order(9)
  void whatIsAnnouncedIsWhatIsOnTheVolume() throws Exception {
    for (ModelVerified announced : newest()) {
      Path tree = depot.models().resolve(announced.path());
      assertThat(tree).isDirectory();
      JsonNode current =
          Wire.mapper().readTree(Files.readAllBytes(tree.resolveSibling("current.json")));
      assertThat(announced.currentCommit()).isEqualTo(current.path("commit").asText());
      assertThat(announced.generation()).isLessThanOrEqualTo(current.path("generation").asLong());
    }
  }

  @Test
  @Order(10)
  void theCommandVerifiesOfflineAndPrintsThePath() {
    assertThat(shell.depot("verify phi-2").exit()).isZero();
    String path = shell.depot("path phi-2").ok().trim();
    assertThat(Path.of(path)).isDirectory();
    assertThat(path).contains("/versions/phi-2/");
  }

  @Test
  @Order(11)
  void theCommandShowsWhatIsHere() {
    assertThat(shell.depot("list").ok()).contains("mistral-7b", "llama2-70b");
    assertThat(shell.depot("status").ok()).isNotEmpty();
    assertThat(shell.depot("list --json").ok()).startsWith("[").doesNotContain("\u001b");
  }

  @Test
  @Order(12)
  void theCommandDownloadsAndSaysSoInOneLineOnStandardOutput() {
    Shell.Result result = shell.depot("download llama2-7b");

    assertThat(result.ok().lines().toList()).singleElement().asString().contains("llama2-7b");
    assertThat(result.out() + result.err()).doesNotContain("\u001b");
  }

  @Test
  @Order(13)
  void aModelNobodyKnowsIsRefusedByName() {
    Shell.Result result = shell.depot("download no-such-model");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("no-such-model").contains("Try:");
  }

  @Test
  @Order(14)
  void theAuditChainHolds() {
    assertThat(registry.get("/audit/verify").body().path("intact").asBoolean()).isTrue();
  }

  @Test
  @Order(15)
  void applicationsSeeNothingUnverified() {
    assertThat(shell.run("find models active -name '*.part' -o -name '*.incomplete'").ok())
        .isEmpty();
  }

  private List<ModelVerified> newest() {
    return depot.topics().all("model-verified").stream()
        .filter(record -> record.value() != null)
        .collect(
            java.util.stream.Collectors.toMap(
                ConsumerRecord::key, record -> record, (older, newer) -> newer))
        .values()
        .stream()
        .map(
            record -> {
              try {
                return Wire.read(record.value(), ModelVerified.class);
              } catch (io.modeldepot.events.wire.UnreadablePayload e) {
                throw new AssertionError(e);
              }
            })
        .filter(announced -> announced.state().name().equals("PRESENT"))
        .toList();
  }

  private String otherCommit(String model, String current) {
    Path versions = hub.volume().resolve("versions").resolve(model);
    try (var files = Files.list(versions)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{40}\\.json"))
          .map(name -> name.substring(0, 40))
          .filter(commit -> !commit.equals(current))
          .findFirst()
          .orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonNode present(String model) {
    return present(model, "");
  }

  private JsonNode present(String model, String commit) {
    return Wait.value(
        model + " is registered as present",
        SOON,
        () -> {
          JsonNode body = registry.get("/models/" + model).body();
          String current = body.path("current").path("commit").asText();
          return !current.isEmpty() && (commit.isEmpty() || current.equals(commit))
              ? Optional.of(body)
              : Optional.empty();
        },
        () -> registry.get("/models/" + model).toString());
  }
}
