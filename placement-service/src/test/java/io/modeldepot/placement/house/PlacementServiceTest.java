package io.modeldepot.placement.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Map;
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
    publish(Topics.MODEL_DESCRIBED, "phi-2", SeedEvents.described(SeedModel.PHI_2, 1));
    publish(
        Topics.MODEL_VERIFIED,
        SeedEvents.keyOfVersion(SeedModel.PHI_2),
        SeedEvents.verified(SeedModel.PHI_2));

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

    JsonNode drained = post("placements/plan", "{\"drain\":[\"gpu-host/0\"]}").json();
    assertThat(drained.at("/differences/0/what").asText()).isEqualTo("moves");
    assertThat(drained.at("/differences/0/to/0").asText()).isEqualTo("gpu-host/1");
    Answer stale = post("placements/plan/" + drained.path("plan").asLong() + "/apply", "");
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.json().path("code").asText()).isEqualTo("stale-plan");

    JsonNode same = post("placements/plan", "{}").json();
    assertThat(same.path("differences")).isEmpty();
    assertThat(post("placements/plan/" + same.path("plan").asLong() + "/apply", "").status())
        .isEqualTo(202);

    assertThat(get("placements/unheard-of").status()).isEqualTo(404);
    assertThat(post("placements/plan", "{\"stop\":[\"unheard-of\"]}").json().path("code").asText())
        .isEqualTo("unknown-model");
    assertThat(
            post("placements/plan", "{\"gpus\":[{\"host\":\"h\",\"id\":\"0\"}]}")
                .json()
                .path("detail")
                .asText())
        .isEqualTo("/gpus/0: host, id and memoryMiB are required.");
  }

  private record Answer(int status, JsonNode json) {}

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
    return new Answer(response.statusCode(), Wire.mapper().readTree(response.body()));
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
