package io.modeldepot.systemtests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.TestDatabase;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.released.ReleasedDepot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Today's services on what the first whole state of this project left behind when it was stopped in
 * the middle of a download; then each of them restarted in turn while people use them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FIRST = "407d32aac4e52d56f6afdc091440d5392cf26be7";
  private static final String SECOND = "43899a1c36af8cf36941324b1a519e1539e474a6";
  private static final String UNFINISHED_COMMIT = "4ca7b03f3cf1d51b9b4719fd9062379aeb383aa4";
  private static final String WEIGHTS = "model.safetensors";

  private final TestBroker broker = TestBroker.own();
  private final TestDatabase database = TestDatabase.own();
  private final Path folder = Repository.newDataFolder("upgrade");
  private final Path models = folder.resolve("models");
  private final Path hubFiles = folder.resolve("hub");
  private final ServiceProcess hub =
      service("mirror-1", "mirror-service", Map.of("MODELS_DIR", hubFiles.toString()));
  private final List<ServiceProcess> registries =
      List.of(registry("registry-1"), registry("registry-2"));
  private final List<ServiceProcess> downloaders =
      List.of(downloader("downloader-1"), downloader("downloader-2"));
  private final ServiceProcess janitor =
      service(
          "janitor-1",
          "janitor-service",
          Map.of(
              "MODELS_DIR",
              models.toString(),
              "BACKUP_DIR",
              folder.toString(),
              "DEPOT_REGISTRY_URL",
              registries.getFirst().url().toString(),
              "DEPOT_SCHEDULE_ENABLED",
              "false"));
  private final ServiceProcess placement =
      service("placement-1", "placement-service", Map.of("MODELS_DIR", models.toString()));

  @BeforeAll
  void todaysServicesStartOnIt() throws Exception {
    ReleasedDepot.volume(models);
    ReleasedDepot.hub(hubFiles);
    FormerDepot.putInto(database);
    FormerDepot.putOnto(broker);
    all().forEach(ServiceProcess::launch);
    all().forEach(ServiceProcess::awaitReady);
  }

  @AfterAll
  void close() {
    all().filter(ServiceProcess::isAlive).forEach(ServiceProcess::kill);
    broker.kill();
    database.kill();
  }

  @Test
  @Order(1)
  void everythingThatWasKeptIsThere() {
    JsonNode tiny = registry().get("/models/tiny").body();
    assertThat(tiny.path("state").asText()).isEqualTo("active");
    assertThat(tiny.at("/current/commit").asText()).isEqualTo(FIRST);
    assertThat(tiny.path("versions").asInt()).isEqualTo(2);
    for (ReleasedDepot.Row row : ReleasedDepot.rows()) {
      if (row.table().equals("download")) {
        String id = row.columns().path("id").asText();
        assertThat(registry().get("/downloads/" + id).status()).as(id).isEqualTo(200);
      }
    }
    JsonNode trail = registry().get("/audit/verify").body();
    assertThat(trail.path("intact").asBoolean()).as(trail.toString()).isTrue();
    assertThat(trail.path("records").asInt()).isGreaterThanOrEqualTo(23);
  }

  @Test
  @Order(2)
  void whatNobodyKnewYetIsAnnounced() {
    Wait.until(
        "the model that was taken in behind the former depot's back is known",
        SOON,
        () -> registry().get("/models/mine").body().path("state").asText().equals("orphan"),
        this::logs);
  }

  @Test
  @Order(3)
  void theDownloadThatWasInterruptedGoesOnToItsEnd() throws Exception {
    JsonNode ended = registry().ended(ReleasedDepot.UNFINISHED, SOON);

    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
    Path there = Path.of("versions", "slow", UNFINISHED_COMMIT, WEIGHTS);
    Path weights;
    try (Stream<Path> found = Files.walk(hubFiles.resolve("versions/slow"))) {
      weights = found.filter(it -> it.endsWith(WEIGHTS)).findFirst().orElseThrow();
    }
    assertThat(models.resolve(there)).hasSameBinaryContentAs(weights);
  }

  @Test
  @Order(4)
  void everyServiceReadEveryRecordAndEveryFile() {
    shell().depot("verify").ok();
    assertThat(shell().depot("cleanup --dry-run").ok()).contains("tiny@" + SECOND.substring(0, 7));
    assertThat(logs()).doesNotContain("poison", "cannot be read", "unreadable", "skipped");
    assertThat(logs()).doesNotContain(" ERROR ");
  }

  @Test
  @Order(5)
  void aModelIsUpdatedAndRolledBackAsBefore() {
    shell().depot("unpin tiny").ok();
    shell().depot("download tiny").ok();
    Wait.until("the update is current", SOON, () -> current().equals(SECOND), this::logs);

    shell().depot("rollback tiny").ok();

    Wait.until("the former one is current", SOON, () -> current().equals(FIRST), this::logs);
  }

  @Test
  @Order(6)
  void eachServiceIsRestartedUnderLoadAndNoRequestFails() throws Exception {
    try (FollowingReadiness door = new FollowingReadiness(registries)) {
      Load load = new Load(door);
      try (load) {
        for (ServiceProcess service :
            Stream.concat(registries.stream(), downloaders.stream()).toList()) {
          int before = load.answered();
          service.close();
          service.start();
          Wait.until(
              "both registries are used again",
              SOON,
              () -> registries.stream().allMatch(door::sendsTo),
              () -> load.failed() + "\n" + logs());
          assertThat(load.answered()).as("while one of them was away").isGreaterThan(before);
        }
      }
      System.out.printf(
          "Rolling restart: %d requests answered, %d downloads, %d failed.%n",
          load.answered(), load.downloads().size(), load.failed().size());
      assertThat(load.failed()).isEmpty();
      assertThat(load.downloads())
          .isNotEmpty()
          .allSatisfy(
              id ->
                  assertThat(registry().get("/downloads/" + id).body().path("state").asText())
                      .isEqualTo("done"));
    }
    assertThat(registry().get("/audit/verify").body().path("intact").asBoolean()).isTrue();
  }

  private RegistryClient registry() {
    return new RegistryClient(registries.getFirst().url());
  }

  private String current() {
    return registry().get("/models/tiny").body().at("/current/commit").asText();
  }

  private Shell shell() {
    return new Shell(
        folder,
        Map.of(
            "MODELS_DIR", models.toString(),
            "DEPOT_URL", registries.getFirst().url().toString(),
            "NO_COLOR", "1"));
  }

  private Stream<ServiceProcess> all() {
    return Stream.of(List.of(hub, janitor, placement), registries, downloaders)
        .flatMap(List::stream);
  }

  private String logs() {
    StringBuilder logs = new StringBuilder();
    all().forEach(service -> logs.append(service.log()));
    return logs.toString();
  }

  private ServiceProcess registry(String name) {
    TestDatabase.Login login = database.login();
    return service(
        name,
        "registry-service",
        Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL",
            login.jdbcUrl(),
            "QUARKUS_DATASOURCE_USERNAME",
            login.username(),
            "QUARKUS_DATASOURCE_PASSWORD",
            login.password(),
            "QUARKUS_SHUTDOWN_DELAY",
            "2s"));
  }

  private ServiceProcess downloader(String name) {
    return service(
        name,
        "downloader-service",
        Map.of("MODELS_DIR", models.toString(), "HF_ENDPOINT", hub.url().toString()));
  }

  private ServiceProcess service(String name, String module, Map<String, String> own) {
    Map<String, String> environment = new HashMap<>(own);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    return new ServiceProcess(name, module, List.of("-Xmx192m"), environment, folder);
  }
}
