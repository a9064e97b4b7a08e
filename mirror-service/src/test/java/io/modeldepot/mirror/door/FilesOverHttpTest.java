package io.modeldepot.mirror.door;

import static io.modeldepot.mirror.door.Http.header;
import static io.modeldepot.mirror.door.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.hub.address.HubUrls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
class FilesOverHttpTest {
  private static final String WEIGHTS = "/acme/Alpha-1/resolve/main/weights/model.safetensors";
  private static final String CONFIG = "/acme/Alpha-1/resolve/main/config.json";

  @TestHTTPResource URI base = URI.create("http://localhost");
  @TempDir Path folder;
  private Http http = new Http(base);

  @BeforeEach
  void findTheMirror() {
    http = new Http(URI.create(base.toString().replaceAll("/$", "")));
  }

  @Test
  void aLargeFileArrivesWithItsSha256AsTag() throws Exception {
    HttpResponse<byte[]> response = http.get(WEIGHTS);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(VolumeResource.WEIGHTS);
    assertThat(header(response, "ETag"))
        .isEqualTo('"' + FilledVolume.digests(VolumeResource.WEIGHTS).sha256().value() + '"');
    assertThat(header(response, "X-Repo-Commit")).isEqualTo(VolumeResource.NEW);
    assertThat(header(response, "Content-Length")).isEqualTo("" + VolumeResource.WEIGHTS.length);
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void aSmallFileHasGitsIdAsTag() throws Exception {
    assertThat(header(http.get(CONFIG), "ETag"))
        .isEqualTo(
            '"'
                + FilledVolume.digests(VolumeResource.CONFIG).gitSha1().orElseThrow().value()
                + '"');
  }

  @Test
  void contentThatIsNotWhatTheClientWantsIsNotSent() throws Exception {
    HttpResponse<byte[]> other = http.get(WEIGHTS, "If-Match", "\"other\"");
    HttpResponse<byte[]> same = http.get(WEIGHTS, "If-Match", header(http.head(WEIGHTS), "ETag"));

    assertThat(other.statusCode()).isEqualTo(412);
    assertThat(other.body()).isEmpty();
    assertThat(same.statusCode()).isEqualTo(200);
  }

  @Test
  void severalRangesComeInOneAnswerEachWithItsPlace() throws Exception {
    HttpResponse<byte[]> response = http.get(WEIGHTS, "Range", "bytes=0-1,5-1004,2000-2000");

    assertThat(response.statusCode()).isEqualTo(206);
    String type = header(response, "Content-Type");
    assertThat(type).startsWith("multipart/byteranges; boundary=");
    assertThat(header(response, "Content-Length")).isEqualTo("" + response.body().length);
    assertThat(header(response, "ETag")).isEqualTo(header(http.head(WEIGHTS), "ETag"));
    String boundary = type.substring(type.indexOf('=') + 1);
    StringBuilder expected = new StringBuilder();
    for (int[] part : new int[][] {{0, 1}, {5, 1004}, {2000, 2000}}) {
      expected
          .append("\r\n--")
          .append(boundary)
          .append("\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes ")
          .append(part[0] + "-" + part[1] + "/" + VolumeResource.WEIGHTS.length)
          .append("\r\n\r\n")
          .append(latin(Arrays.copyOfRange(VolumeResource.WEIGHTS, part[0], part[1] + 1)));
    }
    expected.append("\r\n--").append(boundary).append("--\r\n");
    assertThat(latin(response.body())).isEqualTo(expected.toString());
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void nothingIsCompressedAndNoXetIsMentioned() throws Exception {
    HttpResponse<byte[]> response = http.get(WEIGHTS, "Accept-Encoding", "gzip");
    assertThat(response.headers().map().keySet())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .doesNotContain(
            "content-encoding", "transfer-encoding", "x-xet-hash", "x-xet-refresh-route");
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, CONFIG, "/acme/Alpha-1/resolve/main/empty.txt"})
  void headSaysWhatGetWouldSay(String path) throws Exception {
    HttpResponse<byte[]> head = http.head(path);
    HttpResponse<byte[]> get = http.get(path);

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.headers().map()).isEqualTo(get.headers().map());
    assertThat(head.body()).isEmpty();
  }

  @Test
  void headIgnoresARange() throws Exception {
    HttpResponse<byte[]> head = http.head(WEIGHTS, "Range", "bytes=0-9");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Length")).isEqualTo("" + VolumeResource.WEIGHTS.length);
  }

  @Test
  void aRangeIsExactlyThoseBytes() throws Exception {
    HttpResponse<byte[]> response = http.get(WEIGHTS, "Range", "bytes=1048570-1048585");

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body())
        .isEqualTo(Arrays.copyOfRange(VolumeResource.WEIGHTS, 1_048_570, 1_048_586));
    assertThat(header(response, "Content-Range"))
        .isEqualTo("bytes 1048570-1048585/" + VolumeResource.WEIGHTS.length);
    assertThat(header(response, "Content-Length")).isEqualTo("16");
  }

  @Test
  void rangesSideBySideMakeTheFile() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int at = 0; at < VolumeResource.WEIGHTS.length; at += 1_000_000) {
      whole.writeBytes(http.get(WEIGHTS, "Range", "bytes=" + at + "-" + (at + 999_999)).body());
    }
    assertThat(whole.toByteArray()).isEqualTo(VolumeResource.WEIGHTS);
  }

  @Test
  void bytesPastTheEndAreRefusedWithTheLength() throws Exception {
    HttpResponse<byte[]> response = http.get(CONFIG, "Range", "bytes=1000-");
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range"))
        .isEqualTo("bytes */" + VolumeResource.CONFIG.length);
  }

  @Test
  void whatTheClientHasIsNotSentAgain() throws Exception {
    String tag = header(http.head(WEIGHTS), "ETag");
    HttpResponse<byte[]> response = http.get(WEIGHTS, "If-None-Match", tag);
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(header(response, "ETag")).isEqualTo(tag);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aRangeOfOtherContentBecomesTheWholeFile() throws Exception {
    HttpResponse<byte[]> response =
        http.get(CONFIG, "Range", "bytes=1-2", "If-Range", "\"another\"");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(VolumeResource.CONFIG);
  }

  @Test
  void anOddNameIsServedUnderItsEncodedAddress() throws Exception {
    URI address =
        HubUrls.of(http.base().toString()).resolve("acme/Alpha-1", "main", VolumeResource.ODD_PATH);
    assertThat(text(http.get(address.toString()))).isEqualTo("odd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/acme/Alpha-1/resolve/" + "2222222222222222222222222222222222222222" + "/config.json",
        "/alpha/resolve/main/config.json",
        "/ACME/alpha-1/resolve/main/config.json",
        "/acme/Alpha-1/raw/main/config.json",
        "/api/resolve-cache/models/acme/Alpha-1/2222222222222222222222222222222222222222/config.json"
      })
  void aFileIsReachedByEveryNameItHas(String path) throws Exception {
    assertThat(http.get(path).body()).isEqualTo(VolumeResource.CONFIG);
  }

  @Test
  void anOlderRevisionIsServedByItsName() throws Exception {
    HttpResponse<byte[]> response = http.get("/acme/Alpha-1/resolve/refs%2Fpr%2F1/config.json");
    assertThat(text(response)).isEqualTo("{}");
    assertThat(header(response, "X-Repo-Commit")).isEqualTo(VolumeResource.OLD);
  }

  @Test
  void theRawFormOfALargeFileIsItsPointer() throws Exception {
    assertThat(text(http.get("/acme/Alpha-1/raw/main/weights/model.safetensors")))
        .startsWith("version https://git-lfs.github.com/spec/v1\noid sha256:");
  }

  @Test
  void aPageOfARepositoryIsTextAndNeverRuns() throws Exception {
    HttpResponse<byte[]> response = http.get("/acme/Alpha-1/resolve/main/page.html");
    assertThat(header(response, "Content-Type")).startsWith("text/plain");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/acme/Alpha-1/resolve/main/../../../../etc/passwd",
        "/acme/Alpha-1/resolve/main/..%2F..%2F..%2F..%2Fetc%2Fpasswd",
        "/acme/Alpha-1/resolve/main/%2e%2e/current.json",
        "/acme/Alpha-1/resolve/main/..%2Fcurrent.json",
        "/acme/Alpha-1/resolve/main/%2Fetc%2Fpasswd",
        "/acme/Alpha-1/resolve/main//etc/passwd",
        "/acme/Alpha-1/resolve/main/config.json%00.txt",
        "/acme/Alpha-1/resolve/main/config.json/",
        "/acme/Alpha-1/resolve/main/weights",
        "/acme/Alpha-1/resolve/main/",
        "/acme/Alpha-1/resolve/main/..%5C..%5Cetc",
        "/acme/Alpha-1/resolve/main/pytorch_model.bin",
        "/acme/Alpha-1/resolve/..%2Fmain/config.json",
        "/..%2F..%2Fetc/x/resolve/main/passwd",
        "/acme/Alpha-1/resolve/main/%ff",
        "/acme/Alpha-1/resolve/main/%c0%ae%c0%ae/current.json"
      })
  void onlyPathsOfTheManifestAreServed(String path) throws Exception {
    HttpResponse<byte[]> response = http.get(path);
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(text(response)).doesNotContain("root:", "generation");
  }

  @Test
  void aFileThatIsNotWhatItsManifestSaysIsNotServed() throws Exception {
    FilledVolume volume = VolumeResource.volume();
    String commit = "7".repeat(40);
    volume.publish(
        new FilledVolume.Version(
            "tampered",
            commit,
            Optional.empty(),
            "main",
            Optional.empty(),
            Map.of(
                "a.txt",
                new byte[] {1, 2, 3},
                "b.txt",
                new byte[] {4, 5},
                "folder/c.txt",
                new byte[] {6},
                "large/d.bin",
                new byte[1 << 20]),
            List.of()));
    Path tree = volume.root().resolve("versions/tampered").resolve(commit);
    Files.delete(tree.resolve("a.txt"));
    Files.createSymbolicLink(tree.resolve("a.txt"), Path.of("/etc/passwd"));
    Files.delete(tree.resolve("b.txt"));
    Files.write(tree.resolve("b.txt"), new byte[] {4, 5, 6});

    for (String name : List.of("folder", "large")) {
      Path elsewhere = Files.createDirectory(folder.resolve(name));
      Files.move(tree.resolve(name), elsewhere.resolve("moved"));
      Files.createSymbolicLink(tree.resolve(name), elsewhere.resolve("moved"));
    }

    for (String path : List.of("a.txt", "b.txt", "folder/c.txt", "large/d.bin")) {
      HttpResponse<byte[]> refused = http.get("/tampered/resolve/main/" + path);
      assertThat(refused.statusCode()).as(path).isEqualTo(500);
      assertThat(refused.headers().firstValue("ETag")).as(path).isEmpty();
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleIsCountedAndLeavesNothingBehind() throws Exception {
    FilledVolume volume = VolumeResource.volume();
    volume.publish(
        new FilledVolume.Version(
            "long",
            "8".repeat(40),
            Optional.empty(),
            "main",
            Optional.empty(),
            Map.of("big.bin", new byte[64 << 20]),
            List.of()));
    try (Socket socket = new Socket(http.base().getHost(), http.base().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /long/resolve/main/big.bin HTTP/1.1\r\nHost: x\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readNBytes(1000);
      socket.setSoLinger(true, 0);
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (!text(http.get("/q/metrics"))
              .contains("modeldepot_mirror_broken_total{model_name=\"long\"} 1.0")) {
            Thread.onSpinWait();
          }
        });
    assertThat(text(http.get("/q/metrics"))).contains("modeldepot_mirror_transfers 0.0");
  }

  @Test
  void theRealCurlResumesAndVerifies() throws Exception {
    assumeTrue(hasCurl(), "there is no curl here");
    Path file = folder.resolve("model.safetensors");
    Files.write(file, Arrays.copyOf(VolumeResource.WEIGHTS, 1_234_567));

    String said =
        run(
            "curl",
            "-sS",
            "-L",
            "-C",
            "-",
            "-w",
            "%{http_code}",
            "-o",
            file.toString(),
            http.base() + WEIGHTS);

    assertThat(said).isEqualTo("206");
    assertThat(Files.readAllBytes(file)).isEqualTo(VolumeResource.WEIGHTS);
    assertThat(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))))
        .isEqualTo(header(http.head(WEIGHTS), "ETag").replace("\"", ""));
  }

  private boolean hasCurl() throws InterruptedException {
    try {
      return run("curl", "--version").startsWith("curl");
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
