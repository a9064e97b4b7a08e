package io.modeldepot.mirror.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who reads a version keeps it, so the janitor has to be told. */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ReadsTest {
  private static final String FILE = "/acme/Secret/resolve/" + VolumeResource.NEW + "/config.json";

  @TestHTTPResource("/")
  URI base;

  @Test
  void aReadIsToldOnceAndNamesNoToken() throws Exception {
    Http http = new Http(URI.create(base.toString().replaceAll("/$", "")));
    String token = "Bearer " + VolumeResource.TOKEN;
    StateTable<ModelUsed> uses = StateTable.byArrival();
    KafkaConnection connection =
        new KafkaConnection(
            Map.of("bootstrap.servers", VolumeResource.broker().bootstrapServers()));

    assertThat(http.head(FILE, "Authorization", token).statusCode()).isEqualTo(200);
    assertThat(http.get(FILE).statusCode()).isEqualTo(401);
    assertThat(http.get(FILE, "Authorization", token).statusCode()).isEqualTo(200);
    assertThat(http.get(FILE, "Authorization", token).statusCode()).isEqualTo(200);

    List<ModelUsed> heard = List.of();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try (var reader =
        StateTopicReader.start(connection, Topics.MODEL_USED, ModelUsed.class, uses)) {
      while (heard.isEmpty() && System.nanoTime() < end) {
        heard =
            uses.all().values().stream().filter(it -> it.model().value().equals("secret")).toList();
        Thread.onSpinWait();
      }
      assertThat(reader.skipped()).isZero();
    }
    assertThat(heard)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(UseKind.READ);
              assertThat(it.location().value()).isEqualTo("test");
              assertThat(it.commit().value()).isEqualTo(VolumeResource.NEW);
              assertThat(it.holder())
                  .matches("token-[0-9a-f]{8}")
                  .doesNotContain(VolumeResource.TOKEN);
            });
  }
}
