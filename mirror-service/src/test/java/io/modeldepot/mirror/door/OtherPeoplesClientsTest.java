package io.modeldepot.mirror.door;

import static io.modeldepot.mirror.door.Http.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
class OtherPeoplesClientsTest {
  private static final String BY_COMMIT = "/acme/Alpha-1/resolve/" + VolumeResource.NEW + "/";
  private static final String WEIGHTS = "weights/model.safetensors";

  @TestHTTPResource URI base = URI.create("http://localhost");
  @TempDir Path folder;
  private Http http = new Http(base);

  @BeforeEach
  void findTheMirror() {
    http = new Http(URI.create(base.toString().replaceAll("/$", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "/acme/Alpha-1/resolve/2222222222222222222222222222222222222222/config.json,"
        + " 'public, max-age=31536000, immutable'",
    "/acme/Alpha-1/resolve/main/config.json, no-cache",
    "/acme/Secret/resolve/2222222222222222222222222222222222222222/config.json,"
        + " 'private, no-cache'",
    "/api/models/acme/Alpha-1, 'private, no-cache'",
    "/acme/Alpha-1/resolve/2222222222222222222222222222222222222222/absent.json, no-store"
  })
  void onlyWhatNeverChangesAndIsForEveryoneIsKept(String path, String cacheControl)
      throws Exception {
    HttpResponse<byte[]> response =
        http.get(path, "Authorization", "Bearer " + VolumeResource.TOKEN);
    assertThat(header(response, "Cache-Control")).isEqualTo(cacheControl);
  }

  @Test
  void anAddressThatHasAllItMayHaveIsAskedToComeLater() throws Exception {
    VolumeResource.volume()
        .publish(
            new FilledVolume.Version(
                "wide",
                "6".repeat(40),
                Optional.empty(),
                "main",
                Optional.empty(),
                Map.of("big.bin", new byte[64 << 20]),
                List.of()));
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < VolumeResource.TRANSFERS; i++) {
      Socket socket = new Socket(base.getHost(), base.getPort());
      socket
          .getOutputStream()
          .write(
              "GET /wide/resolve/main/big.bin HTTP/1.1\r\nHost: x\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
      slow.add(socket);
    }

    HttpResponse<byte[]> oneMore = http.get(BY_COMMIT + "config.json");
    for (Socket socket : slow) {
      socket.close();
    }

    assertThat(oneMore.statusCode()).isEqualTo(429);
    assertThat(header(oneMore, "Retry-After")).isEqualTo("1");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (http.get(BY_COMMIT + "config.json").statusCode() != 200) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void aria2cFetchesPiecesSideBySide() throws Exception {
    assumeTrue(has("aria2c"), "there is no aria2c here");
    String said =
        run(
            "aria2c",
            "-q",
            "-x4",
            "-s4",
            "-k1M",
            "-d",
            folder.toString(),
            "-o",
            "file",
            http.base() + BY_COMMIT + WEIGHTS);
    assertThat(folder.resolve("file")).as(said).hasBinaryContent(VolumeResource.WEIGHTS);
  }

  /** Where the client is installed is said by NODE_PATH: the folder node_modules that has it. */
  @Test
  void theHubsOwnJavaScriptClientListsAndDownloadsAModel() throws Exception {
    String modules = System.getenv().getOrDefault("NODE_PATH", "");
    assumeTrue(
        has("node") && Files.isDirectory(Path.of(modules, "@huggingface/hub")),
        "there is no node, or NODE_PATH has no @huggingface/hub");
    // Not acme/Alpha-1: this client does not encode the per cent sign of one of its names.
    VolumeResource.volume()
        .publish(
            new FilledVolume.Version(
                "plain",
                "5".repeat(40),
                Optional.of("acme/Plain"),
                "main",
                Optional.empty(),
                Map.of(
                    "config.json",
                    VolumeResource.CONFIG,
                    "empty.txt",
                    new byte[0],
                    WEIGHTS,
                    VolumeResource.WEIGHTS),
                List.of()));
    String script =
        """
        const { listFiles, downloadFile, snapshotDownload } = require("@huggingface/hub");
        const fs = require("fs");
        (async () => {
          const to = { repo: "acme/Plain", hubUrl: process.argv[1] };
          for await (const file of listFiles({ ...to, recursive: true })) {
            if (file.type === "file") console.log(file.path + " " + file.size);
          }
          const blob = await downloadFile({ ...to, path: "weights/model.safetensors" });
          fs.writeFileSync(process.argv[2] + "/one", Buffer.from(await blob.arrayBuffer()));
          console.log("at " + await snapshotDownload({ ...to, cacheDir: process.argv[2] + "/all" }));
        })().catch(e => { console.log(e); process.exit(1); });
        """;
    String said = run("node", "-e", script, http.base().toString(), folder.toString());

    assertThat(said)
        .contains("config.json " + VolumeResource.CONFIG.length, "empty.txt 0")
        .contains(WEIGHTS + " " + VolumeResource.WEIGHTS.length);
    assertThat(folder.resolve("one")).hasBinaryContent(VolumeResource.WEIGHTS);
    Path snapshot = Path.of(said.substring(said.indexOf("at ") + 3).strip());
    assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(VolumeResource.WEIGHTS);
    assertThat(snapshot.resolve("empty.txt")).isEmptyFile();
    assertThat(snapshot.resolve("config.json")).hasBinaryContent(VolumeResource.CONFIG);
  }

  @Test
  void nginxBeforeTheMirrorKeepsWhatNeverChanges() throws Exception {
    assumeTrue(has("nginx"), "there is no nginx here");
    int port = freePort();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        Files.readString(Path.of("../deploy/nginx/mirror.conf"))
            .replace("127.0.0.1:8085", base.getHost() + ":" + base.getPort())
            .replace("listen 8080", "listen 127.0.0.1:" + port)
            .replace("/run/", folder + "/")
            .replace("/var/cache/nginx/", folder + "/")
            .replace("/var/log/nginx/", folder + "/"));
    Process nginx =
        new ProcessBuilder(
                "nginx",
                "-e",
                folder + "/start.log",
                "-c",
                configuration.toString(),
                "-g",
                "daemon off; user root;")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    try {
      Http front = new Http(URI.create("http://127.0.0.1:" + port));
      awaitDoor(front, nginx);

      HttpResponse<byte[]> first = front.get(BY_COMMIT + WEIGHTS);
      HttpResponse<byte[]> second =
          front.get(BY_COMMIT + WEIGHTS, "Authorization", "Bearer a-token-of-another-hub");
      HttpResponse<byte[]> part = front.get(BY_COMMIT + WEIGHTS, "Range", "bytes=10-19");
      HttpResponse<byte[]> empty = front.get(BY_COMMIT + "empty.txt");
      HttpResponse<byte[]> past = front.get(BY_COMMIT + "config.json", "Range", "bytes=9999-");
      String secret = "/acme/Secret/resolve/" + VolumeResource.NEW + "/config.json";
      HttpResponse<byte[]> known =
          front.get(secret, "Authorization", "Bearer " + VolumeResource.TOKEN);
      HttpResponse<byte[]> anonymous = front.get(secret);
      HttpResponse<byte[]> page = front.get("/api/models/acme/Alpha-1/tree/main?recursive=true");

      assertThat(first.body()).isEqualTo(VolumeResource.WEIGHTS);
      assertThat(second.body()).isEqualTo(VolumeResource.WEIGHTS);
      assertThat(header(second, "X-Cache")).isEqualTo("HIT");
      assertThat(header(second, "ETag")).isEqualTo(header(http.head(BY_COMMIT + WEIGHTS), "ETag"));
      assertThat(header(second, "X-Repo-Commit")).isEqualTo(VolumeResource.NEW);
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).hasSize(10);
      assertThat(header(part, "X-Cache")).isEqualTo("HIT");
      assertThat(empty.statusCode()).isEqualTo(200);
      assertThat(past.statusCode()).isEqualTo(416);
      assertThat(known.statusCode()).isEqualTo(200);
      assertThat(anonymous.statusCode()).isEqualTo(401);
      assertThat(header(page, "Link")).startsWith("<http://127.0.0.1:" + port + "/api/models/");
      assertThat(Files.readString(folder.resolve("mirror.log")))
          .doesNotContain(VolumeResource.TOKEN);
    } finally {
      nginx.destroy();
      nginx.waitFor();
    }
  }

  private void awaitDoor(Http front, Process nginx) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (nginx.isAlive()) {
            try {
              front.head("/api/models");
              return;
            } catch (ConnectException e) {
              Thread.onSpinWait();
            }
          }
          throw new AssertionError(Files.readString(folder.resolve("nginx.out")));
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean has(String program) throws Exception {
    try {
      return !run(program, program.equals("nginx") ? "-v" : "--version").isEmpty();
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
