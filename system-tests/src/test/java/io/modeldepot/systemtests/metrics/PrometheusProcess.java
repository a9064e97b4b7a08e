package io.modeldepot.systemtests.metrics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldepot.testkit.process.FreePorts;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A real Prometheus with the configuration and the rules that are shipped; only whom it asks, and
 * how often, is of the test.
 */
final class PrometheusProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private PrometheusProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the one that is on the PATH.
   *
   * @param targets the addresses of all services
   */
  static PrometheusProcess start(List<URI> targets) throws IOException {
    Path folder = Repository.newDataFolder("prometheus");
    Path shipped = Repository.root().resolve("deploy/prometheus");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shipped, "*.rules.yml")) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(requireNonNull(file.getFileName())));
      }
    }
    String addresses =
        targets.stream()
            .map(target -> "\"" + target.getAuthority() + "\"")
            .collect(Collectors.joining(", "));
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        Files.readString(shipped.resolve("prometheus.yml"))
            .replaceFirst("targets: \\[\"registry.*]", "targets: [" + addresses + "]")
            .replaceAll("_interval: \\d+s", "_interval: 1s"));
    int port = FreePorts.next();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new PrometheusProcess(process, port);
  }

  /** What its API says under a path below {@code /api/v1}; missing while it does not listen. */
  JsonNode get(String path) {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return JSON.readTree(answer.body()).path("data");
    } catch (IOException e) {
      return JSON.missingNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The samples that an expression has now. */
  JsonNode query(String expression) {
    return get("/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .path("result");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
