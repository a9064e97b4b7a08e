package io.modeldepot.testkit.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody who is told: a real server on this machine that answers as it likes. */
public final class WebhookServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Answer usual = new Answer(204, Map.of(), "");

  /** A request as it came in; names of headers in lower case. */
  public record Told(String path, Map<String, String> headers, byte[] body) {
    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What is answered; a status below 0 never is. */
  private record Answer(int status, Map<String, String> headers, String body) {}

  /** One on any port. */
  public WebhookServer() {
    this(0);
  }

  /** One on this port. */
  public WebhookServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers this from now on. */
  public WebhookServer answering(int status, Map<String, String> headers, String body) {
    usual = new Answer(status, headers, body);
    return this;
  }

  /** Answers this once, before anything else. */
  public WebhookServer once(int status) {
    synchronized (answers) {
      answers.add(new Answer(status, Map.of(), ""));
    }
    return this;
  }

  /** Takes the next request and never answers it. */
  public WebhookServer hangingOnce() {
    return once(-1);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where to it is told. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Every request so far. */
  public List<Told> told() {
    return List.copyOf(told);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer;
      synchronized (answers) {
        answer = answers.isEmpty() ? usual : answers.remove();
      }
      told.add(new Told(exchange.getRequestURI().toString(), headers, body));
      if (answer.status() < 0) {
        closed.await();
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
