package io.modeldepot.registry.placement;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server behind the door that answers as it is told, to see what goes through. */
public class Beyond implements QuarkusTestResourceLifecycleManager {
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Headers> askedWith = new CopyOnWriteArrayList<>();
  private volatile Optional<Answer> answer = Optional.empty();
  private @Nullable HttpServer server;

  /** What came through. */
  record Asked(String method, String target, String body, String requestId) {}

  private record Answer(int status, String type, String body, Map<String, String> headers) {}

  @Override
  public Map<String, String> start() {
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      opened.createContext("/", this::handle);
      opened.start();
      server = opened;
      return Map.of("depot.placement.url", "http://127.0.0.1:" + opened.getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(Beyond.class));
  }

  void forget() {
    asked.clear();
    askedWith.clear();
    answer = Optional.empty();
  }

  void answers(int status, String type, String body) {
    answers(status, type, body, Map.of());
  }

  void answers(int status, String type, String body, Map<String, String> headers) {
    answer = Optional.of(new Answer(status, type, body, headers));
  }

  /** The headers of the last question. */
  Headers askedWith() {
    return askedWith.getLast();
  }

  void hangsUp() {
    answer = Optional.empty();
  }

  List<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      askedWith.add(exchange.getRequestHeaders());
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              String.valueOf(exchange.getRequestHeaders().getFirst("X-Request-Id"))));
      if (answer.isPresent()) {
        byte[] body = answer.get().body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.get().type());
        answer.get().headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.get().status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
