package io.modeldepot.benchmarks.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A hub and a depot that loads from it, both as people run them. */
public final class Rig implements AutoCloseable {
  private static final Duration TO_START = Duration.ofMinutes(10);

  private final Path root;
  private final MirrorProcess hub;
  private final Process depot;
  private final JsonNode run;
  private final HttpClient http = HttpClient.newHttpClient();

  private Rig(Path root, MirrorProcess hub, Process depot, JsonNode run) {
    this.root = root;
    this.hub = hub;
    this.depot = depot;
    this.run = run;
  }

  /**
   * Starts both and waits until they are ready.
   *
   * @param root the checkout, built
   * @param work where everything is kept
   * @param shelf what the hub has
   */
  public static Rig start(Path root, Path work, Path shelf)
      throws IOException, InterruptedException {
    MirrorProcess hub =
        MirrorProcess.start(root, work, shelf, Map.of(), MirrorProcess.Compiler.FIRST);
    Process depot = null;
    try {
      Path data = work.resolve("depot");
      ProcessBuilder up = java(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"));
      up.command().add("--enable-native-access=ALL-UNNAMED");
      up.command().add("-Ddepot.root=" + root);
      up.command()
          .addAll(
              List.of(
                  "-cp",
                  root + "/standalone/target/dist/lib/*",
                  "io.modeldepot.standalone.Main",
                  "--data",
                  data.toString(),
                  "--models-dir",
                  work.resolve("ai-models").toString(),
                  "--hub",
                  hub.url().toString(),
                  "--port-offset",
                  "21000"));
      Path log = work.resolve("depot.log");
      depot = up.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      awaitReady(depot, log);
      JsonNode run = Wire.mapper().readTree(Files.readAllBytes(data.resolve("run.json")));
      return new Rig(root, hub, depot, run);
    } catch (IOException | RuntimeException e) {
      hub.close();
      if (depot != null) {
        depot.destroy();
      }
      throw e;
    }
  }

  /** Where the hub is. */
  public URI hubUrl() {
    return hub.url();
  }

  /** The broker's address. */
  public String kafka() {
    return run.path("kafka").asText();
  }

  /** The process of one part of the depot: {@code downloader}, {@code registry}, {@code kafka}. */
  public long pid(String name) {
    return run.path("processes").path(name).path("pid").asLong();
  }

  /** The operator's command against this depot. */
  public String command(String words) {
    return "DEPOT_URL=%s MODELS_DIR=%s NO_COLOR=1 %s/scripts/manage-ai-models.sh %s"
        .formatted(run.path("registryUrl").asText(), run.path("modelsDir").asText(), root, words);
  }

  /** Asks for a download and waits for its end; the registry answers when it knows of the end. */
  public JsonNode download(Map<String, ?> request) throws IOException, InterruptedException {
    return post("/api/v1/downloads", request);
  }

  /** The same for a rollback. */
  public JsonNode rollback(String model, String commit) throws IOException, InterruptedException {
    return post("/api/v1/models/" + model + "/rollback", Map.of("commit", commit));
  }

  /** What the registry answers. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return json(HttpRequest.newBuilder(registry(path)).build());
  }

  /** The process of the hub. */
  public long hubPid() {
    return hub.pid();
  }

  /** The status of an answer. */
  public int status(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(registry(path)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    JsonNode answer =
        json(
            HttpRequest.newBuilder(registry(path))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=30")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.mapper().writeValueAsBytes(body)))
                .build());
    while (!answer.path("final").asBoolean()) {
      answer =
          json(
              HttpRequest.newBuilder(registry("/api/v1/downloads/" + answer.path("id").asText()))
                  .header("Prefer", "wait=30")
                  .build());
    }
    if (!answer.path("state").asText().equals("done")) {
      throw new IOException("The download did not end well: " + answer);
    }
    return answer;
  }

  private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = Wire.mapper().readTree(answer.body());
    if (answer.statusCode() >= 400) {
      throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + body);
    }
    return body;
  }

  private URI registry(String path) {
    return URI.create(run.path("registryUrl").asText() + path);
  }

  /** Stops both and waits. */
  @Override
  public void close() {
    http.close();
    depot.destroy();
    hub.close();
    try {
      if (!depot.waitFor(60, TimeUnit.SECONDS)) {
        depot.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A JVM of this version. */
  static ProcessBuilder java(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(flags);
    return new ProcessBuilder(command);
  }

  private static void awaitReady(Process depot, Path log) throws IOException {
    long end = System.nanoTime() + TO_START.toNanos();
    while (Files.readString(log).lines().noneMatch(line -> line.startsWith("Ready in"))) {
      if (!depot.isAlive() || System.nanoTime() > end) {
        throw new IOException("The depot did not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** Waits until an address answers 200. */
  static void awaitAnswer(URI address) throws InterruptedException, IOException {
    long end = System.nanoTime() + TO_START.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end) {
        try {
          if (http.send(
                      HttpRequest.newBuilder(address).build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode()
              == 200) {
            return;
          }
        } catch (IOException e) {
          // Not listening yet.
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
    throw new IOException(address + " does not answer.");
  }

  /** A port of this machine that nobody has. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
