package io.modeldepot.testkit.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modeldepot.hub.header.HubHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The hub, at {@code 127.0.0.1}, and its content network, at {@code localhost}: two hosts, so that
 * a token meant for one must not reach the other. Moods may change while it runs.
 */
public final class FakeHub implements AutoCloseable {
  /** What every signature of an address begins with, so that it is found wherever it may not be. */
  public static final String SIGNATURES_BEGIN_WITH = "4815162342108";

  private final HttpServer hub;
  private final HttpServer cdn;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final List<MoodRule> moods = new CopyOnWriteArrayList<>();
  private final List<HubRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final Gauge bodies = new Gauge();
  private final AtomicLong calms = new AtomicLong();
  private final AtomicLong signatures =
      new AtomicLong(Long.parseLong(SIGNATURES_BEGIN_WITH + "00000"));
  private final AtomicLong oldestSignature = new AtomicLong();
  private volatile int pageSize = 1000;
  private volatile boolean closed;

  private FakeHub() {
    try {
      hub = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 256);
      cdn = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hub.setExecutor(threads);
    cdn.setExecutor(threads);
    HubPages pages = new HubPages(this);
    hub.createContext("/", exchange -> serve("hub", exchange, pages::answer));
    cdn.createContext("/", exchange -> serve("cdn", exchange, pages::answerContent));
    hub.start();
    cdn.start();
  }

  /** Starts both servers on free ports. */
  public static FakeHub start() {
    return new FakeHub();
  }

  /** The hub's address, for {@code HF_ENDPOINT}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  /** The content network's address. */
  public URI contentUrl() {
    return URI.create("http://localhost:" + cdn.getAddress().getPort());
  }

  /** The repository of that name; made, public and empty, if there is none. */
  public FakeRepository repository(String id) {
    return repositories.computeIfAbsent(id, FakeRepository::new);
  }

  /** A token that the hub knows; others are refused wherever they come. */
  public FakeHub know(String token) {
    tokens.add(token);
    return this;
  }

  /** How many entries a page of a tree has. */
  public FakeHub pageSize(int entries) {
    pageSize = entries;
    return this;
  }

  /** From now on it is in this mood, too; narrow it with the rule that is returned. */
  public MoodRule mood(Mood mood) {
    MoodRule rule = new MoodRule(mood);
    moods.add(rule);
    return rule;
  }

  /** No moods any more; what stalls is cut, what is slow goes on at full speed. */
  public void calm() {
    moods.clear();
    calms.incrementAndGet();
  }

  /** Every signed address that was given out so far answers 403 from now on. */
  public void expireAddresses() {
    oldestSignature.set(signatures.get() + 1);
  }

  /** Every request so far. */
  public List<HubRequest> requests() {
    return List.copyOf(requests);
  }

  /** Bytes of file bodies sent so far. */
  public long bytesServed() {
    return sent.get();
  }

  /** How many bodies of files were under way at once, at most, since the start. */
  public int mostBodiesAtOnce() {
    return bodies.most();
  }

  /** Forgets requests and bytes. */
  public void forget() {
    requests.clear();
    sent.set(0);
  }

  @Override
  public void close() {
    closed = true;
    hub.stop(0);
    cdn.stop(0);
    threads.shutdownNow();
  }

  Optional<FakeRepository> find(String id) {
    return Optional.ofNullable(repositories.get(id));
  }

  boolean knows(String token) {
    return tokens.contains(token);
  }

  int pageSize() {
    return pageSize;
  }

  long sign() {
    return signatures.incrementAndGet();
  }

  boolean isValid(long signature) {
    return signature >= oldestSignature.get();
  }

  Body body(List<Mood> now) {
    long then = calms.get();
    return new Body(now, sent, bodies, () -> closed || calms.get() != then);
  }

  /** Answers a request in the moods that apply to it. */
  @FunctionalInterface
  interface Answerer {
    void answer(HttpExchange exchange, List<Mood> moods) throws IOException;
  }

  private void serve(String host, HttpExchange exchange, Answerer answerer) {
    try (exchange) {
      HubRequest request =
          new HubRequest(
              host,
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst(HubHeaders.RANGE)),
              exchange.getRequestHeaders().containsKey(HubHeaders.AUTHORIZATION));
      requests.add(request);
      List<Mood> now = new ArrayList<>();
      for (MoodRule rule : moods) {
        if (rule.fits(request) && rule.use()) {
          now.add(rule.mood());
        }
      }
      for (Mood mood : now) {
        if (mood instanceof Mood.Refuse(int status, Map<String, String> headers)) {
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, -1);
          return;
        } else if (mood instanceof Mood.Redirect(URI to)) {
          exchange.getResponseHeaders().set(HubHeaders.LOCATION, to.toString());
          exchange.sendResponseHeaders(302, -1);
          return;
        }
      }
      answerer.answer(exchange, now);
    } catch (IOException e) {
      // The caller hung up, or a mood cut the connection: both are part of the test.
      exchange.close();
    }
  }
}
