package io.modeldepot.mirror.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Repositories that are not here; the mirror under test asks for two an hour, for its tokens. */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // they share the hour
@SuppressWarnings("NullAway.Init") // injected
class PullThroughTest {
  private static final String TOKEN = "Bearer " + VolumeResource.TOKEN;

  @TestHTTPResource("/")
  URI base;

  private static List<JsonNode> commands() throws Exception {
    List<JsonNode> heard = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", VolumeResource.broker().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("download-requested").stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
        for (var it : consumer.poll(Duration.ofSeconds(1))) {
          heard.add(Wire.mapper().readTree(it.value()));
        }
      }
    }
    return heard;
  }

  private static Stream<JsonNode> of(String repository) throws Exception {
    return commands().stream().filter(it -> it.path("repository").asText().equals(repository));
  }

  /** Nothing is asked for before that, so the first answers may say so. */
  private static HttpResponse<byte[]> askedOnceItIsKnownWhatOthersHave(Http http) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      HttpResponse<byte[]> answer = http.get("/api/models/acme/New-1", "Authorization", TOKEN);
      if (!Http.text(answer).contains("cannot be asked for now") || System.nanoTime() > end) {
        return answer;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  @Order(1)
  void aRepositoryIsAskedForOnceForWhoMayAskAndClientsAreToldToComeAgain() throws Exception {
    Http http = new Http(URI.create(base.toString().replaceAll("/$", "")));

    HttpResponse<byte[]> stranger = http.get("/api/models/acme/New-1");
    HttpResponse<byte[]> branch =
        http.get("/api/models/acme/New-1/revision/nightly", "Authorization", TOKEN);
    HttpResponse<byte[]> first = askedOnceItIsKnownWhatOthersHave(http);
    HttpResponse<byte[]> again =
        http.head("/acme/New-1/resolve/main/config.json", "Authorization", TOKEN);

    assertThat(stranger.statusCode()).isEqualTo(404);
    assertThat(Http.header(stranger, "X-Error-Code")).isEqualTo("RepoNotFound");
    assertThat(branch.statusCode()).isEqualTo(404);
    assertThat(first.statusCode()).isEqualTo(503);
    assertThat(Http.header(first, "Retry-After")).isEqualTo("5");
    assertThat(Http.header(first, "Cache-Control")).isEqualTo("no-store");
    assertThat(Http.text(first)).contains("being fetched");
    assertThat(again.statusCode()).isEqualTo(503);
    assertThat(of("acme/New-1"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.path("requestId").asText()).startsWith("m-");
              assertThat(it.path("location").asText()).isEqualTo("test");
              assertThat(it.has("revision")).as("no wish of the catalog is changed").isFalse();
              assertThat(it.toString()).doesNotContain(VolumeResource.TOKEN);
            });
  }

  @Test
  @Order(2)
  void noMoreAreAskedForThanAnHourMayHave() throws Exception {
    Http http = new Http(URI.create(base.toString().replaceAll("/$", "")));

    for (String name : List.of("acme/Many-1", "acme/Many-2", "acme/Many-3", "acme/Many-4")) {
      assertThat(http.get("/api/models/" + name, "Authorization", TOKEN).statusCode())
          .isEqualTo(503);
    }

    assertThat(commands()).hasSizeLessThanOrEqualTo(2);
  }
}
