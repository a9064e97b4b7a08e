package io.modeldepot.testkit.triton;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Triton's model control in EXPLICIT mode over a model repository on disk: a load reads the folder
 * as it is then; what is not ready answers 400; a server that was started again has loaded nothing.
 */
public final class FakeTriton implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/v2/(?:repository/)?models/([^/]+)/(load|unload|ready|config)");
  private static final Pattern PARAMETER =
      Pattern.compile("key: \"([^\"]+)\"\\s*value \\{\\s*string_value: \"([^\"]+)\"");

  private final Path repository;
  private final Object lock = new Object();
  private final Map<String, String> loaded = new HashMap<>();
  private final List<String> heard = new ArrayList<>();
  private final Map<String, String> refusals = new HashMap<>();
  private int capacity = Integer.MAX_VALUE;
  private boolean keepsLoaded;
  private Duration loadTakes = Duration.ZERO;
  private @Nullable HttpServer server;
  private int port;

  private FakeTriton(Path repository) {
    this.repository = repository;
  }

  /** A server on this model repository. */
  public static FakeTriton start(Path repository) {
    FakeTriton triton = new FakeTriton(repository);
    triton.startAgain();
    return triton;
  }

  /** Where it is; the same after it was started again. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Refuses to load a model, with these words. */
  public void refuse(String model, String words) {
    synchronized (lock) {
      refusals.put(model, words);
    }
  }

  /** Loads everything again that it refused. */
  public void refuseNothing() {
    synchronized (lock) {
      refusals.clear();
    }
  }

  /** Has memory for so many models. */
  public void roomFor(int models) {
    synchronized (lock) {
      capacity = models;
    }
  }

  /** Says no to every unload, and goes on serving. */
  public void keepLoaded(boolean stubborn) {
    synchronized (lock) {
      keepsLoaded = stubborn;
    }
  }

  /** Takes so long to load. */
  public void loadTakes(Duration duration) {
    synchronized (lock) {
      loadTakes = duration;
    }
  }

  /** Is not there any more. */
  public void stop() {
    HttpServer running = server;
    if (running != null) {
      running.stop(0);
      server = null;
    }
  }

  /** Is there again on the same address, with nothing loaded. */
  public void startAgain() {
    synchronized (lock) {
      loaded.clear();
    }
    try {
      HttpServer fresh =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      fresh.createContext("/", this::answer);
      fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      fresh.start();
      server = fresh;
      port = fresh.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration of a model as it was when it was loaded. */
  public Optional<String> loaded(String model) {
    synchronized (lock) {
      return Optional.ofNullable(loaded.get(model));
    }
  }

  /** Every load and unload, in order: {@code load phi-2}. */
  public List<String> heard() {
    synchronized (lock) {
      return List.copyOf(heard);
    }
  }

  /** Forgets what it heard. */
  public void forget() {
    synchronized (lock) {
      heard.clear();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        say(exchange, 404, "{\"error\":\"no such path\"}");
        return;
      }
      String model = path.group(1);
      switch (path.group(2)) {
        case "ready" -> say(exchange, loaded(model).isPresent() ? 200 : 400, "");
        case "config" -> config(exchange, model);
        case "load" -> load(exchange, model);
        default -> unload(exchange, model);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void config(HttpExchange exchange, String model) throws IOException {
    Optional<String> text = loaded(model);
    if (text.isEmpty()) {
      say(exchange, 400, error("Request for unknown model: '" + model + "' is not found"));
      return;
    }
    StringBuilder parameters = new StringBuilder();
    Matcher found = PARAMETER.matcher(text.get());
    while (found.find()) {
      parameters.append(parameters.isEmpty() ? "" : ",");
      parameters.append(
          "\"%s\":{\"string_value\":\"%s\"}".formatted(found.group(1), found.group(2)));
    }
    say(exchange, 200, "{\"name\":\"%s\",\"parameters\":{%s}}".formatted(model, parameters));
  }

  private void load(HttpExchange exchange, String model) throws IOException, InterruptedException {
    if (!exchange.getRequestMethod().equals("POST")) {
      say(exchange, 405, "");
      return;
    }
    Duration takes;
    String refusal;
    synchronized (lock) {
      heard.add("load " + model);
      takes = loadTakes;
      refusal = refusals.get(model);
    }
    Path config = repository.resolve(model).resolve("config.pbtxt");
    if (!Files.exists(config)) {
      say(
          exchange,
          400,
          error("failed to load '" + model + "', failed to poll from model repository"));
      return;
    }
    String text = Files.readString(config);
    Thread.sleep(takes);
    synchronized (lock) {
      if (refusal == null && !loaded.containsKey(model) && loaded.size() >= capacity) {
        refusal = "load failed for model '" + model + "': CUDA out of memory";
      }
      if (refusal == null) {
        loaded.put(model, text);
      }
    }
    say(exchange, refusal == null ? 200 : 400, refusal == null ? "" : error(refusal));
  }

  private void unload(HttpExchange exchange, String model) throws IOException {
    boolean known;
    synchronized (lock) {
      heard.add("unload " + model);
      known = !keepsLoaded && loaded.remove(model) != null;
    }
    say(
        exchange,
        known ? 200 : 400,
        known ? "" : error("failed to unload '" + model + "', versions that are unknown"));
  }

  private static String error(String words) {
    return "{\"error\":\"" + words.replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
