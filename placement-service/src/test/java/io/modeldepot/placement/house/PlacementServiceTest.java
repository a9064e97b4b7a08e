package io.modeldepot.placement.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.placement.seed.SeedEvents;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.testkit.broker.TestBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(World.class)
@SuppressWarnings("NullAway.Init") // injected before each test
class PlacementServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  TestBroker broker;

  @TestHTTPResource("/api/v1/")
  URI api;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void eventsBecomeDecisionsThatCanBeAskedForTriedAndApplied() throws Exception {
    await("gpus", it -> it.path("items").size() == 2);
    phi2IsAskedForAndThere();

    JsonNode phi = await("placements/phi-2", it -> it.path("state").asText().equals("placed"));
    assertThat(phi.path("replicas").path(0).path("users").asInt()).isEqualTo(20);
    assertThat(phi.path("reason").asText()).startsWith("On gpu-host/0");

    JsonNode gpus = get("gpus").json();
    assertThat(gpus.at("/items/0/models/0/model").asText()).isEqualTo("phi-2");
    assertThat(gpus.at("/items/0/freeBytes").asLong()).isPositive();

    JsonNode fit = get("fit?model=phi-2&users=40&context=2048").json();
    assertThat(fit.at("/items/0/fits").asBoolean()).isFalse();
    assertThat(fit.at("/items/0/usersThatFitWhenEmpty").asInt()).isEqualTo(33);
    assertThat(fit.at("/items/1/fits").asBoolean()).isTrue();

    String published = new String(Wire.write(SeedModel.LLAMA2_70B.profile()), UTF_8);
    String absent =
        "{\"model\":\"llama2-70b\",\"users\":1,\"contextTokens\":4096,\"profile\":%s%s}";
    JsonNode large = post("fit", absent.formatted(published, "")).json();
    assertThat(large.at("/items/1/fitsWhenEmpty").asBoolean()).as("fp16 fits neither").isFalse();
    JsonNode eight = post("fit", absent.formatted(published, ",\"variant\":\"fp8\"")).json();
    assertThat(eight.at("/items/0/fitsWhenEmpty").asBoolean()).isFalse();
    assertThat(eight.at("/items/1/fitsWhenEmpty").asBoolean()).isTrue();
    assertThat(post("fit", absent.formatted("{}", "")).json().path("detail").asText())
        .startsWith("/profile: missing are");
    assertThat(post("fit", "{}").json().path("code").asText()).isEqualTo("invalid");
    assertThat(post("placements/plan", "{").json().path("code").asText()).isEqualTo("bad-request");
    for (String wrong :
        List.of("{\"demands\":{\"phi-2\":null}}", "{\"stop\":[null]}", "{\"gpus\":[null]}")) {
      assertThat(post("placements/plan", wrong).json().path("code").asText())
          .as(wrong)
          .isEqualTo("invalid");
    }

    assertThat(
            post(
                    "placements/plan",
                    "{\"demands\":{\"phi-2\":{\"users\":1,\"contextTokens\":9,\"variants\":[\"fp9\"]}}}")
                .json()
                .path("detail")
                .asText())
        .isEqualTo(
            "/demands/phi-2/variants: \"fp9\" is no form of weights. Did you mean fp8? It can be"
                + " fp32, fp16, bf16, fp8, int8, awq, gptq.");

    JsonNode drained = post("placements/plan", "{\"drain\":[\"gpu-host/0\"]}").json();
    assertThat(drained.at("/differences/0/what").asText()).isEqualTo("moves");
    assertThat(drained.at("/differences/0/to/0").asText()).isEqualTo("gpu-host/1");
    assertThat(drained.at("/gpus/0/state").asText()).as("the picture after").isEqualTo("drained");
    assertThat(drained.at("/gpus/0/models")).isEmpty();
    assertThat(drained.at("/gpus/1/models/0/model").asText()).isEqualTo("phi-2");
    Answer stale = get("placements/plan/" + drained.path("plan").asLong());
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.json().path("code").asText()).isEqualTo("stale-plan");
    assertThat(stale.json().at("/remedies/0/cli").asText()).isEqualTo("place --dry-run");

    JsonNode same = post("placements/plan", "{}").json();
    assertThat(same.path("differences")).isEmpty();
    Answer applicable = get("placements/plan/" + same.path("plan").asLong());
    assertThat(applicable.status()).isEqualTo(200);
    assertThat(applicable.json().at("/models/0/model").asText()).isEqualTo("phi-2");

    String tag = applicable.tag();
    assertThat(tag).startsWith("\"");
    Answer known =
        answer(
            HttpRequest.newBuilder(api.resolve("placements/plan/" + same.path("plan").asLong()))
                .header("If-None-Match", tag));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.json().isMissingNode()).as("no body").isTrue();

    HttpResponse<String> compose =
        client.send(
            HttpRequest.newBuilder(api.resolve("placements/phi-2/compose")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(compose.statusCode()).isEqualTo(200);
    assertThat(compose.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/yaml");
    assertThat(compose.body())
        .contains("\"vllm-phi-2\":", "--served-model-name=phi-2", "device_ids: [\"0\"]");
    assertThat(get("placements/phi-2/compose?host=nowhere").json().path("detail").asText())
        .isEqualTo("phi-2 is not on nowhere; it is on gpu-host.");
    assertThat(get("placements/unheard-of/compose").status()).isEqualTo(404);

    assertThat(get("placements/unheard-of").status()).isEqualTo(404);
    assertThat(
            post("placements/plan", "{\"stop\":[\"unheard-of\"]}").json().path("detail").asText())
        .isEqualTo("/stop: nothing is asked of unheard-of.");
    assertThat(get("fit?model=unheard-of").json().path("code").asText()).isEqualTo("not-present");
    assertThat(
            post("placements/plan", "{\"gpus\":[{\"host\":\"h\",\"id\":\"0\"}]}")
                .json()
                .path("detail")
                .asText())
        .isEqualTo("/gpus/0: host, id and memoryMiB are required.");
  }

  @Test
  void whatServersSayIsToldWithTheDecisionAndToPrometheus() throws Exception {
    phi2IsAskedForAndThere();
    JsonNode before = await("placements/phi-2", it -> it.path("state").asText().equals("placed"));
    assertThat(before.path("replicas").path(0).at("/engine/files/0/content").asText())
        .contains("depot_digest");

    publish(
        Topics.ENGINE_REPORTED,
        "default/phi-2",
        new EngineReported(
            LocationName.of("default"),
            ModelName.of("phi-2"),
            before.path("generation").asLong(),
            List.of(
                new EngineServer(
                    "gpu-host", "0", EngineState.FAILED, Optional.of("Triton: it is full."))),
            Instant.now()));

    JsonNode told = await("placements/phi-2", it -> it.path("servers").size() == 1);
    assertThat(told.at("/servers/0/state").asText()).isEqualTo("failed");
    assertThat(told.at("/servers/0/detail").asText()).isEqualTo("Triton: it is full.");
    String gauge =
        "modeldepot_engine_ready{gpu=\"0\",host=\"gpu-host\",location=\"default\",model_name=\"phi-2\"} 0.0";
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!metrics().contains(gauge)) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(100);
    }
  }

  @Test
  void anEngineThatWasMeasuredIsShownBesideItsPlan() throws Exception {
    phi2IsAskedForAndThere();
    JsonNode decision = await("placements/phi-2", it -> it.path("state").asText().equals("placed"));
    JsonNode share = decision.at("/replicas/0/gpus/0");
    long planned =
        share.path("weightsBytes").asLong()
            + share.path("kvBytes").asLong()
            + share.path("overheadBytes").asLong();
    long kvTokens = 20 * 2048;

    publish(
        Topics.GPU_REPORTED,
        "gpu-host",
        SeedEvents.reported(
            List.of(
                new MeasuredEngine(
                    ModelName.of("phi-2"),
                    List.of("0"),
                    kvTokens,
                    "auto",
                    Optional.empty(),
                    Optional.of(planned + (100L << 20)),
                    Optional.of(0.5))),
            Instant.now()));

    JsonNode told = await("calibrations", it -> it.path("items").size() == 1);
    assertThat(told.path("use").asText()).isEqualTo("shown");
    assertThat(told.at("/items/0/errorBeforeBytes").asLong()).isEqualTo(100L << 20);
    assertThat(told.at("/items/0/errorAfterBytes").asLong()).isLessThan(64L << 20);
    assertThat(told.at("/engines/0/usersThatFit").asInt()).isEqualTo(20);
    assertThat(told.at("/engines/0/plannedBytes").asLong()).isEqualTo(planned);
    Instant deadline = Instant.now().plus(PATIENCE);
    String gauge =
        "modeldepot_engine_memory_bytes{gpu=\"0\",host=\"gpu-host\",kind=\"measured\",model_name=\"phi-2\"}";
    while (!metrics().contains(gauge)) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(100);
    }
    assertThat(metrics()).contains("modeldepot_calibration_error_bytes{gpu_name=");
  }

  @Test
  void prometheusSeesThePlanOfEveryGpuAndTheLabelsOfTheEngines() throws Exception {
    phi2IsAskedForAndThere();
    await("placements/phi-2", it -> it.path("state").asText().equals("placed"));

    Instant deadline = Instant.now().plus(PATIENCE);
    String metrics = metrics();
    while (!metrics.contains("modeldepot_placement_info{")) {
      assertThat(Instant.now()).as(metrics).isBefore(deadline);
      Thread.sleep(100);
      metrics = metrics();
    }

    assertThat(metrics)
        .contains(
            "modeldepot_placement_info{gpu=\"0\",host=\"gpu-host\",model_name=\"phi-2\",tp=\"1\"} 1.0")
        .contains(
            "modeldepot_gpu_memory_bytes{gpu=\"1\",host=\"gpu-host\",kind=\"planned_kv\"} 0.0")
        .contains("modeldepot_placement_users{kind=\"planned\",model_name=\"phi-2\"} 20.0")
        .contains("modeldepot_placement_leads 1.0")
        .contains("modeldepot_unplaced{reason=\"too-large\"} 0.0")
        .contains("modeldepot_unplaced{reason=\"no-room\"} 0.0")
        .doesNotContain("modeldepot_unplaced{reason=\"not-asked\"}");
  }

  private String metrics() throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(api.resolve("/q/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private record Answer(int status, JsonNode json, String tag) {}

  private JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      Answer answer = get(path);
      if (answer.status() == 200 && wanted.test(answer.json())) {
        return answer.json();
      }
      assertThat(Instant.now()).as("%s: %s", path, answer).isBefore(deadline);
    }
  }

  private Answer get(String path) throws Exception {
    return answer(HttpRequest.newBuilder(api.resolve(path)).GET());
  }

  private Answer post(String path, String body) throws Exception {
    return answer(
        HttpRequest.newBuilder(api.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private Answer answer(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        Wire.mapper().readTree(response.body()),
        response.headers().firstValue("ETag").orElse(""));
  }

  private void phi2IsAskedForAndThere() throws Exception {
    publish(Topics.MODEL_DESCRIBED, "phi-2", SeedEvents.described(SeedModel.PHI_2, 1));
    publish(
        Topics.MODEL_VERIFIED,
        SeedEvents.keyOfVersion(SeedModel.PHI_2),
        SeedEvents.verified(SeedModel.PHI_2));
  }

  private void publish(TopicSpec topic, String key, Object payload) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var unused =
          producer.send(new ProducerRecord<>(topic.name(), key, Wire.write(payload))).get();
    }
  }
}
