package io.modeldepot.systemtests.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.process.Repository;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One site, one story: the seed's two GPUs, models that come in, leaders that go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlacementStory {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private final ServiceProcess first = depot.placement(0);
  private final ServiceProcess second = depot.addPlacement();

  @BeforeAll
  void start() {
    first.start();
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  @Order(1)
  void aVerifiedModelIsPlacedWhereItFitsAndTheReasonIsSaid() {
    download("phi-2");

    JsonNode decision = decided("phi-2", it -> it.path("state").asText().equals("placed"));

    assertThat(decision.at("/replicas/0/gpus/0/id").asText())
        .as("the smallest that fits")
        .isEqualTo("0");
    assertThat(decision.path("reason").asText()).isNotBlank();
    assertThat(decision.at("/replicas/0/engine/args/0").asText())
        .as("engines get the immutable path")
        .endsWith("versions/phi-2/" + decision.path("commit").asText());
    assertThat(decision.at("/replicas/0/engine/env/CUDA_VISIBLE_DEVICES").asText()).isEqualTo("0");
  }

  @Test
  @Order(2)
  void theOperatorSeesItDrawnAndAsks() {
    Shell shell = depot.shell();

    assertThat(shell.depot("gpus").ok()).contains("RTX 5090").contains("phi-2").contains("free");
    assertThat(shell.depot("explain phi-2").ok()).contains("--gpu-memory-utilization=");
    assertThat(shell.depot("fit phi-2 --users 1 --context 1024").exit()).isZero();
    assertThat(shell.depot("fit phi-2 --users 100000").exit()).isEqualTo(1);
    String dry = shell.depot("place --dry-run --drain gpu-host/0").ok();
    assertThat(dry).contains("moves").contains("gpu-host/0").contains("gpu-host/1");
    assertThat(shell.depot("fit nothing").exit()).isEqualTo(4);
  }

  @Test
  @Order(3)
  void aModelThatIsAskedForLessIsPlacedForLess() {
    Shell.Result placed = depot.shell().depot("place phi-2 --users 3 --json");

    assertThat(placed.exit()).as(placed.err()).isZero();
    assertThat(decided("phi-2", it -> users(it) == 3).path("state").asText()).isEqualTo("placed");
  }

  @Test
  @Order(4)
  void whenTheLeaderIsKilledTheOtherTakesOver() {
    second.start();
    first.kill();

    download("mistral-7b");

    ModelPlaced decision =
        Wait.value(
            "the other one has decided",
            SOON,
            () ->
                depot.topics().payloads("model-placed", ModelPlaced.class).stream()
                    .filter(it -> it.model().value().equals("mistral-7b"))
                    .findFirst(),
            second::log);
    assertThat(decision.plan()).isPositive();
    first.start();
    assertThat(decided("mistral-7b", it -> true).path("plan").asLong()).isEqualTo(decision.plan());
  }

  @Test
  @Order(5)
  void aLeaderThatWakesLateChangesNothing() {
    Wait.until("the second leads", SOON, () -> leads(second), second::log);
    int before = timesItStoodDown();
    second.signal("STOP");
    download("qwen-7b");
    JsonNode decision = decided("qwen-7b", it -> true);
    List<Long> decided = generations();

    second.signal("CONT");

    Wait.until("it has noticed", SOON, () -> timesItStoodDown() > before, second::log);
    assertThat(generations()).isEqualTo(decided);
    assertThat(withoutServers(decided("qwen-7b", it -> true))).isEqualTo(withoutServers(decision));
  }

  @Test
  @Order(6)
  void whatIsOnALostGpuMovesAfterTheGrace() {
    report("\"ready\"");
    report("\"lost\"");
    report("\"lost\"");

    JsonNode moved = decided("phi-2", it -> it.at("/replicas/0/gpus/0/id").asText().equals("1"));

    assertThat(moved.path("state").asText()).isEqualTo("placed");
    assertThat(states()).containsEntry("0", "given-up").containsEntry("1", "ready");
  }

  @Test
  @Order(7)
  void withoutPlacementTheRestGoesOnAndTheDoorSaysWhatIsMissing() {
    first.close();
    second.close();

    assertThat(registry.get("/gpus").status()).isEqualTo(503);
    assertThat(registry.get("/gpus").body().path("code").asText())
        .isEqualTo("placement-unavailable");
    assertThat(depot.shell().depot("gpus").exit()).isEqualTo(9);
    download("codellama-13b");
  }

  /** The decision alone: what the servers say of it comes in later, and from another service. */
  private static JsonNode withoutServers(JsonNode decision) {
    ObjectNode copy = decision.deepCopy();
    copy.remove("servers");
    return copy;
  }

  private void download(String model) {
    String id = registry.download(Map.of("model", model));
    assertThat(registry.ended(id, SOON).path("state").asText()).isEqualTo("done");
  }

  private JsonNode decided(String model, java.util.function.Predicate<JsonNode> like) {
    return Wait.value(
        "a decision about " + model,
        SOON,
        () -> {
          RegistryClient.Answer answer = registry.get("/placements/" + model);
          return answer.status() == 200 && like.test(answer.body())
              ? Optional.of(answer.body())
              : Optional.empty();
        },
        () -> registry.get("/placements/" + model) + "\n" + first.log());
  }

  /** What a host says of itself, as its agent would. */
  private void report(String stateOfTheFirst) {
    String gpu =
        "{\"id\":\"%d\",\"name\":\"%s\",\"memoryBytes\":%d,\"usableBytes\":%d,\"state\":%s}";
    String report =
        "{\"location\":\"default\",\"host\":\"gpu-host\",\"gpus\":[%s,%s],\"ttlSeconds\":600,"
            + "\"reportedAt\":\"2026-11-26T00:00:00Z\"}";
    String text =
        report.formatted(
            gpu.formatted(0, "RTX 5090", 34_190_917_632L, 30_771_825_868L, stateOfTheFirst),
            gpu.formatted(1, "RTX PRO 6000", 102_641_958_912L, 92_377_763_020L, "\"ready\""));
    depot
        .shell()
        .run(
            "echo 'gpu-host|"
                + text
                + "' | "
                + Repository.root().resolve("scripts/kafka-console-producer.sh")
                + " --bootstrap-server "
                + depot.broker().bootstrapServers()
                + " --topic gpu-reported --reader-property parse.key=true"
                + " --reader-property 'key.separator=|'")
        .ok();
  }

  private int timesItStoodDown() {
    return second.log().split("Leads no more\\.", -1).length;
  }

  private static boolean leads(ServiceProcess placement) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(placement.url().resolve("/q/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .contains("modeldepot_placement_leads 1.0");
  }

  private Map<String, String> states() {
    Map<String, String> states = new java.util.TreeMap<>();
    registry
        .get("/gpus")
        .body()
        .path("items")
        .forEach(gpu -> states.put(gpu.path("id").asText(), gpu.path("state").asText()));
    return states;
  }

  private List<Long> generations() {
    return depot.topics().payloads("model-placed", ModelPlaced.class).stream()
        .map(ModelPlaced::generation)
        .toList();
  }

  private static long users(JsonNode decision) {
    return decision.at("/replicas/0/users").asLong();
  }
}
