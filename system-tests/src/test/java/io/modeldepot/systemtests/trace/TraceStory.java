package io.modeldepot.systemtests.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.systemtests.trace.OtlpReceiver.ReceivedSpan;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A request with a trace of its own, until the model that it asked for is placed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceStory {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String REQUEST = "trace-story-1";
  private static final String SECRET = "hf_thisIsNobodysToken";
  private static final String MODEL = "phi-2";

  private final OtlpReceiver receiver = OtlpReceiver.start();
  private final DemoHub hub = DemoHub.start();
  private final Depot depot =
      Depot.start(
          hub.url(),
          1,
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              receiver.url().toString(),
              "HF_TOKEN",
              SECRET,
              "DEPOT_LOG_JSON",
              "true"));
  private HttpResponse<String> answer;

  @BeforeAll
  void aModelIsAskedForAndPlaced() throws Exception {
    depot.placement(0).start();
    answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(depot.registryProcess().url().resolve("/api/v1/downloads"))
                    .header("Content-Type", "application/json")
                    .header("X-Request-Id", REQUEST)
                    .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + MODEL + "\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    Wait.until(
        "the decision is traced",
        SOON,
        () -> step("placement", "place").isPresent() && step("downloader", "download").isPresent(),
        () -> receiver.of(TRACE) + "\n" + depot.logs().lines().toList());
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
    receiver.close();
  }

  @Test
  void theAnswerSaysWhichStepOfTheCallersTraceItWas() {
    ReceivedSpan request = awaited("registry", "POST /api/v1/downloads");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(request.parent()).isEqualTo(CALLER);
    assertThat(answer.headers().firstValue("traceparent"))
        .contains("00-" + TRACE + "-" + request.id() + "-01");
  }

  @Test
  void eachStepFollowsFromTheOneBefore() {
    ReceivedSpan request = awaited("registry", "POST /api/v1/downloads");
    ReceivedSpan download = awaited("downloader", "download");

    assertThat(download.parent()).isEqualTo(request.id());
    assertThat(awaited("placement", "place").parent()).isEqualTo(download.id());
    assertThat(awaited("registry", "project model-verified").parent()).isEqualTo(download.id());
  }

  @Test
  void recordsCarryTheTrace() {
    for (String topic :
        List.of("download-requested", "download-progressed", "model-verified", "model-placed")) {
      assertThat(depot.topics().all(topic)).as(topic).anyMatch(TraceStory::isTraced);
    }
  }

  @Test
  void linesOfTheLogAreObjectsThatNameRequestModelAndTrace() {
    List<JsonNode> ofDownloader = lines(depot.downloader(0).log());

    assertThat(ofDownloader)
        .anySatisfy(
            line -> {
              assertThat(line.path("service").asText()).isEqualTo("downloader-service");
              assertThat(line.at("/mdc/traceId").asText()).isEqualTo(TRACE);
              assertThat(line.at("/mdc/requestId").asText()).isNotBlank();
            });
    assertThat(lines(depot.placement(0).log())).isNotEmpty();
    assertThat(lines(depot.registryProcess().log())).isNotEmpty();
  }

  @Test
  void noSecretLeavesInASpanOrALine() {
    assertThat(receiver.everything()).contains(MODEL).doesNotContain(SECRET);
    assertThat(depot.logs()).doesNotContain(SECRET);
  }

  private ReceivedSpan awaited(String service, String name) {
    return Wait.value(
        name + " of " + service,
        SOON,
        () -> step(service, name),
        () -> receiver.of(TRACE).toString());
  }

  private Optional<ReceivedSpan> step(String service, String name) {
    return receiver.of(TRACE).stream()
        .filter(span -> span.service().equals(service) && span.name().equals(name))
        .findFirst();
  }

  private static boolean isTraced(ConsumerRecord<String, byte[]> record) {
    Header header = record.headers().lastHeader("traceparent");
    return header != null
        && new String(header.value(), StandardCharsets.UTF_8).startsWith("00-" + TRACE + "-");
  }

  /** Every line of ours; what the JVM itself says before it is told how is no object. */
  private static List<JsonNode> lines(String log) {
    return log.lines()
        .filter(line -> line.startsWith("{"))
        .map(
            line -> {
              try {
                return Wire.mapper().readTree(line);
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }
}
