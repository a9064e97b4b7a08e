package io.modeldepot.mirror.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Files that are served while they are being downloaded: by real connections, of a real journal.
 */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ArrivingOverHttpTest {
  private static final String TOKEN = "Bearer " + VolumeResource.TOKEN;
  private static final int BLOCK = Blocks.SIZE_BYTES;
  private static final int SIZE = BLOCK + (3 << 20);
  private static final int HELD_BACK = 1 << 20;
  private static final byte[] CONTENT = content();

  @TestHTTPResource("/")
  URI base;

  private static byte[] content() {
    byte[] bytes = new byte[SIZE];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  private static UnderWay download(String name) throws Exception {
    return new UnderWay(VolumeResource.volume().root(), "job-" + name, "acme/" + name, CONTENT);
  }

  private Http http() {
    return new Http(URI.create(base.toString().replaceAll("/$", "")));
  }

  private static String resolve(String name) {
    return "/acme/" + name + "/resolve/main/" + UnderWay.PATH;
  }

  private HttpResponse<InputStream> open(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path)).header("Authorization", TOKEN).build(),
            BodyHandlers.ofInputStream());
  }

  @Test
  void bytesGoOutAsTheyComeAndTheLastOnesOnceTheDigestIsRight() throws Exception {
    try (UnderWay download = download("grows")) {
      download.writeBlocks(1);
      download.journal("transferring", "0");
      HttpResponse<InputStream> answer = open(resolve("grows"));
      try (InputStream body = answer.body()) {
        byte[] first = body.readNBytes(BLOCK);
        download.writeBlocks(2);
        download.journal("transferring", "0-1");
        byte[] second = body.readNBytes(SIZE - BLOCK - HELD_BACK);
        download.confirm();
        byte[] last = body.readAllBytes();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
        assertThat(answer.headers().firstValue("ETag")).hasValue(download.tag());
        assertThat(answer.headers().firstValue("X-Repo-Commit")).hasValue(UnderWay.COMMIT);
        assertThat(Arrays.equals(first, Arrays.copyOf(CONTENT, BLOCK))).isTrue();
        assertThat(Arrays.equals(second, Arrays.copyOfRange(CONTENT, BLOCK, SIZE - HELD_BACK)))
            .isTrue();
        assertThat(Arrays.equals(last, Arrays.copyOfRange(CONTENT, SIZE - HELD_BACK, SIZE)))
            .isTrue();
      }
    }
  }

  @Test
  void theConnectionIsCutBeforeTheLastMebibyteIfTheDigestIsWrong() throws Exception {
    try (UnderWay download = download("wrong")) {
      download.writeBlocks(2);
      download.journal("transferring", "0-1");
      HttpResponse<InputStream> answer = open(resolve("wrong"));
      try (InputStream body = answer.body()) {
        byte[] most = body.readNBytes(SIZE - HELD_BACK);
        download.journal("transferring", "0", 1);

        assertThat(most).hasSize(SIZE - HELD_BACK);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void theConnectionIsCutIfTheDownloadFails() throws Exception {
    try (UnderWay download = download("fails")) {
      download.writeBlocks(1);
      download.journal("transferring", "0");
      HttpResponse<InputStream> answer = open(resolve("fails"));
      try (InputStream body = answer.body()) {
        byte[] first = body.readNBytes(BLOCK);
        download.journal("failed", "0");

        assertThat(first).hasSize(BLOCK);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aRangeAHeadAndTheListingAreAnsweredOnTheWay() throws Exception {
    try (UnderWay download = download("parts")) {
      download.writeBlocks(1);
      download.journal("transferring", "0");

      HttpResponse<byte[]> part =
          http().get(resolve("parts"), "Authorization", TOKEN, "Range", "bytes=100-199");
      HttpResponse<byte[]> head = http().head(resolve("parts"), "Authorization", TOKEN);
      HttpResponse<byte[]> missing =
          http().get("/acme/parts/resolve/main/other.bin", "Authorization", TOKEN);
      HttpResponse<byte[]> stranger = http().get(resolve("parts"));
      JsonNode info =
          Wire.mapper()
              .readTree(http().get("/api/models/acme/parts", "Authorization", TOKEN).body());

      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 100, 200));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(Http.header(head, "ETag")).isEqualTo(download.tag());
      assertThat(Http.header(head, "Content-Length")).isEqualTo(String.valueOf(SIZE));
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(Http.header(missing, "X-Error-Code")).isEqualTo("EntryNotFound");
      assertThat(stranger.statusCode()).as("who may not pull is served nothing").isEqualTo(404);
      assertThat(info.path("sha").asText()).isEqualTo(UnderWay.COMMIT);
      assertThat(info.path("siblings").path(0).path("rfilename").asText()).isEqualTo(UnderWay.PATH);
    }
  }
}
