package io.modeldepot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeHubTest {
  private static final long SIZE = 3_000_017;

  private final FakeHub hub = FakeHub.start();
  private final Content weights = Content.random(7, SIZE);
  private final HttpClient http = HttpClient.newHttpClient();

  FakeHubTest() {
    hub.repository("org/model")
        .put("config.json", "{\"a\":1}")
        .put("weights.safetensors", weights)
        .commit("main");
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void aLargeFileIsServedByAnotherHost() throws Exception {
    HttpResponse<byte[]> answer = get(resolve("weights.safetensors"));

    assertThat(answer.statusCode()).isEqualTo(302);
    URI elsewhere = URI.create(answer.headers().firstValue("Location").orElseThrow());
    assertThat(elsewhere.getHost()).isNotEqualTo(hub.url().getHost());
    assertThat(sha256(get(elsewhere).body())).isEqualTo(weights.sha256().value());
  }

  @Test
  void aPartIsTheSameAsThatPartOfTheWhole() throws Exception {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    weights.write(1_000_003, 100, part);

    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(content()).header("Range", "bytes=1000003-1000102").build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(part.toByteArray());
  }

  @Test
  void whatIsTruncatedEndsTooEarly() throws Exception {
    hub.mood(new Mood.Truncate(1000)).atContentNetwork().once();
    URI address = content();

    assertThatThrownBy(() -> get(address)).isInstanceOf(IOException.class);
    assertThat(get(address).body()).hasSize((int) SIZE);
  }

  @Test
  void whatIsCorruptedHasOneOtherByte() throws Exception {
    hub.mood(new Mood.Corrupt(5)).atContentNetwork();

    assertThat(sha256(get(content()).body())).isNotEqualTo(weights.sha256().value());
  }

  @Test
  void anExpiredAddressIsForbidden() throws Exception {
    URI address = content();
    hub.expireAddresses();

    assertThat(get(address).statusCode()).isEqualTo(403);
    assertThat(get(content()).statusCode()).isEqualTo(200);
  }

  @Test
  void aGatedRepositoryTellsSoToAStranger() throws Exception {
    hub.repository("org/model").gate("manual");

    HttpResponse<byte[]> answer = get(resolve("config.json"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("X-Error-Code")).contains("GatedRepo");
  }

  @Test
  void whatIsRetaggedLooksLikeAnotherContent() throws Exception {
    hub.mood(new Mood.Retag("other")).atContentNetwork().once();
    URI address = content();

    assertThat(get(address).headers().firstValue("ETag")).contains("\"other\"");
    assertThat(get(address).headers().firstValue("ETag"))
        .contains('"' + weights.sha256().value() + '"');
  }

  @Test
  void whatIsSlowGoesOnAtFullSpeedOnceTheHubIsCalm() throws Exception {
    hub.mood(new Mood.Slow(1)).atContentNetwork();
    var answer =
        http.sendAsync(
            HttpRequest.newBuilder(content()).build(), HttpResponse.BodyHandlers.ofByteArray());

    hub.calm();

    assertThat(answer.get(20, TimeUnit.SECONDS).body()).hasSize((int) SIZE);
  }

  @Test
  void contentOfAnySizeCanBeListedWithoutBeingThere() throws Exception {
    hub.repository("org/huge").put("model.safetensors", Content.listed(1L << 50)).commit("main");

    HttpResponse<byte[]> answer = get(hub.url().resolve("/api/models/org/huge/tree/main"));

    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("1125899906842624");
  }

  @Test
  void whatWasAskedAndSentIsCounted() throws Exception {
    get(content());

    assertThat(hub.bytesServed()).isEqualTo(SIZE);
    assertThat(hub.requests()).filteredOn(HubRequest::isContent).hasSize(2);
  }

  private URI content() throws Exception {
    return URI.create(
        get(resolve("weights.safetensors")).headers().firstValue("Location").orElseThrow());
  }

  private URI resolve(String path) {
    return hub.url().resolve("/org/model/resolve/main/" + path);
  }

  private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
