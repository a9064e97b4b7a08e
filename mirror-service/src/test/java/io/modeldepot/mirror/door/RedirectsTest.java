package io.modeldepot.mirror.door;

import static io.modeldepot.mirror.door.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.ModelInfo;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.mirror.elsewhere.Said;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another location, as its announcements describe it; a server with the Hub's protocol stands where
 * its mirror would be.
 */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedirectsTest {
  private static final String TOKEN = "Bearer " + VolumeResource.TOKEN;
  private static final byte[] CONFIG = "{\"far\":true}".getBytes(StandardCharsets.UTF_8);

  private final FakeHub other = FakeHub.start();
  private String commit = "";
  @TempDir Path folder;
  @TestHTTPResource URI base = URI.create("http://localhost");
  private Http http = new Http(base);

  @BeforeAll
  void anotherLocationAnnouncesWhatItHas() throws Exception {
    var repository = other.repository("acme/far");
    repository.put("config.json", Content.of(CONFIG));
    repository.put("weights.bin", Content.of(VolumeResource.WEIGHTS));
    commit = repository.commit("main").value();
    Map<String, byte[]> files = new HashMap<>();
    files.put("config.json", CONFIG);
    files.put("weights.bin", VolumeResource.WEIGHTS);
    KafkaConnection connection =
        new KafkaConnection(
            Map.of("bootstrap.servers", VolumeResource.broker().bootstrapServers()));
    try (Announcer announcer =
        new Announcer(
            connection, new ServiceIdentity("downloader", "far-1", "0"), Clock.systemUTC())) {
      say(announcer, Said.of("far", "far", commit, files));
      say(announcer, Said.of("far", "closed", commit, files).behindAGate());
      say(announcer, Said.of("far", "alpha-1", "9".repeat(40), files));
      announcer
          .announce(
              Topics.STORAGE_REPORTED,
              "far",
              Said.storage("far", Instant.now().plus(Duration.ofHours(1)), other.url().toString()))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void say(Announcer announcer, Said said) throws Exception {
    announcer
        .announce(Topics.MODEL_VERIFIED, said.key(), said.verified(1))
        .get(30, TimeUnit.SECONDS);
  }

  @BeforeEach
  void theMirrorHasHeard() throws Exception {
    http = new Http(URI.create(base.toString().replaceAll("/$", "")));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (http.head("/api/models/acme/far").statusCode() != 307
        || http.head("/acme/Alpha-1/resolve/" + "9".repeat(40) + "/config.json").statusCode()
            != 307) {
      assertThat(System.nanoTime()).as("the mirror hears of the other location").isLessThan(end);
      Thread.onSpinWait();
    }
    other.forget();
  }

  @AfterAll
  void close() {
    other.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/acme/far/resolve/main/weights.bin, /acme/far/resolve/%s/weights.bin?elsewhere=no",
    "/far/resolve/%s/config.json?download=true, /far/resolve/%s/config.json?elsewhere=no",
    "/acme/far/raw/HEAD/config.json, /acme/far/raw/%s/config.json?elsewhere=no",
    "/api/models/acme/far?blobs=true, /api/models/acme/far/revision/%s?blobs=true&elsewhere=no",
    "/api/models/acme/far/revision/main, /api/models/acme/far/revision/%s?elsewhere=no",
    "/api/models/acme/far/tree/main?recursive=true, /api/models/acme/far/tree/%s?recursive=true&elsewhere=no",
    "/api/models/acme/far/refs, /api/models/acme/far/refs?elsewhere=no",
    "/api/models/acme/far/auth-check, /api/models/acme/far/auth-check?elsewhere=no",
    "/api/resolve-cache/models/acme/far/%s/config.json, /acme/far/resolve/%s/config.json?elsewhere=no"
  })
  void whatOnlyAnotherLocationHasIsRedirectedToItsMirrorUnderTheCommit(String asked, String there)
      throws Exception {
    String path = asked.replace("%s", commit);
    HttpResponse<byte[]> get = http.get(path);
    HttpResponse<byte[]> head = http.head(path);

    assertThat(get.statusCode()).isEqualTo(307);
    assertThat(header(get, "Location")).isEqualTo(other.url() + there.replace("%s", commit));
    assertThat(header(get, "X-Repo-Commit")).isEqualTo(commit);
    assertThat(header(get, "Cache-Control")).isEqualTo("no-store");
    assertThat(get.body()).isEmpty();
    assertThat(head.statusCode()).isEqualTo(307);
    assertThat(head.headers().map()).isEqualTo(get.headers().map());
  }

  /** The Python client reads them before it follows, and fails without. */
  @Test
  void theHeadersOfARedirectDescribeTheFile() throws Exception {
    HttpResponse<byte[]> small = http.head("/acme/far/resolve/main/config.json");

    assertThat(header(small, "X-Linked-Size")).isEqualTo("" + CONFIG.length);
    assertThat(header(small, "X-Linked-Etag"))
        .isEqualTo('"' + FilledVolume.digests(CONFIG).gitSha1().orElseThrow().value() + '"');
  }

  @Test
  void aClientThatFollowsGetsTheBytes() throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    HttpResponse<byte[]> file =
        client.send(
            HttpRequest.newBuilder(URI.create(http.base() + "/acme/far/resolve/main/weights.bin"))
                .build(),
            BodyHandlers.ofByteArray());
    HttpResponse<byte[]> info =
        client.send(
            HttpRequest.newBuilder(URI.create(http.base() + "/api/models/acme/far")).build(),
            BodyHandlers.ofByteArray());

    assertThat(file.body()).isEqualTo(VolumeResource.WEIGHTS);
    assertThat(HubJson.read(info.body(), ModelInfo.class).sha()).contains(commit);
  }

  @Test
  void theHubsOwnPythonClientFollows() throws Exception {
    String said =
        new PythonClient(http.base(), folder)
            .run(
                """
                from huggingface_hub import hf_hub_download, snapshot_download
                one = hf_hub_download("acme/far", "config.json")
                print("at " + snapshot_download("acme/far"))
                """);

    Path all = Path.of(said.substring(said.indexOf("at ") + 3).strip());
    assertThat(all).endsWith(Path.of("snapshots", commit));
    assertThat(all.resolve("config.json")).hasBinaryContent(CONFIG);
    assertThat(all.resolve("weights.bin")).hasBinaryContent(VolumeResource.WEIGHTS);
    assertThat(other.bytesServed()).isPositive();
  }

  @Test
  void aPostKeepsItsMethod() throws Exception {
    HttpResponse<byte[]> paths =
        http.post(
            "/api/models/acme/far/paths-info/main",
            "application/json",
            "{\"paths\":[\"config.json\"]}");

    assertThat(paths.statusCode()).isEqualTo(307);
    assertThat(header(paths, "Location"))
        .isEqualTo(other.url() + "/api/models/acme/far/paths-info/" + commit + "?elsewhere=no");
  }

  @Test
  void aCommitThatIsNotHereOfARepositoryThatIsHereIsRedirected() throws Exception {
    HttpResponse<byte[]> there =
        http.get("/acme/Alpha-1/resolve/" + "9".repeat(40) + "/config.json");
    HttpResponse<byte[]> here = http.get("/acme/Alpha-1/resolve/main/config.json");

    assertThat(there.statusCode()).isEqualTo(307);
    assertThat(here.body()).as("what is here is served here").isEqualTo(VolumeResource.CONFIG);
  }

  @ParameterizedTest
  @CsvSource({
    "/acme/far/resolve/main/config.json?elsewhere=no, RepoNotFound",
    "/api/models/acme/far?blobs=true&elsewhere=no, RepoNotFound",
    "/acme/Alpha-1/resolve/9999999999999999999999999999999999999999/config.json?elsewhere=no, RevisionNotFound",
    "/api/models/acme/far/revision/none, RepoNotFound",
    "/acme/far/resolve/main/none.bin, EntryNotFound"
  })
  void whoWasSentHereIsNotSentOnAndNothingIsAskedForInItsName(String path, String code)
      throws Exception {
    HttpResponse<byte[]> refused = http.get(path, "Authorization", TOKEN);

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(header(refused, "X-Error-Code")).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/acme/closed/resolve/main/config.json", "/api/models/acme/closed"})
  void nobodyIsSentToAGateBecauseClientsSendNoTokenToAnotherHost(String path) throws Exception {
    assertThat(http.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void redirectsAreCounted() throws Exception {
    http.get("/acme/far/resolve/main/config.json");
    assertThat(Http.text(http.get("/q/metrics")))
        .contains("depot_mirror_requests_total{kind=\"resolve\",status=\"307\"}");
  }
}
