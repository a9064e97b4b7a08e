package io.modeldepot.kit.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys, fetched beforehand and again every few minutes, so that a door never waits for
 * the issuer. While it is away the last ones count.
 */
@ApplicationScoped
class OidcKeys {
  private static final Logger LOG = Logger.getLogger(OidcKeys.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration USUALLY = Duration.ofMinutes(5);
  private static final Duration SOONER = Duration.ofSeconds(10);
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Optional<URI> issuer;
  private final Duration soonest;
  private final Semaphore asked = new Semaphore(0);
  private volatile State state =
      new State(List.of(), Optional.empty(), "they were not fetched yet");
  private volatile boolean running;
  private @Nullable Thread thread;

  @Inject
  OidcKeys(OidcSettings settings) {
    this(settings.issuer(), SOONER);
  }

  /**
   * For tests.
   *
   * @param soonest how long after a try comes the next one at the soonest
   */
  OidcKeys(Optional<URI> issuer, Duration soonest) {
    this.issuer = issuer;
    this.soonest = soonest;
  }

  /**
   * What is known.
   *
   * @param places where people sign in, if the issuer has such
   * @param why there are no keys; of no meaning if there are some
   */
  record State(List<JsonWebKey> keys, Optional<Places> places, String why) {}

  /**
   * Where people sign in.
   *
   * @param signIn the page that a browser is sent to
   * @param tokens where a code becomes tokens
   */
  record Places(URI signIn, URI tokens) {}

  void start(@Observes StartupEvent started) {
    issuer.ifPresent(from -> begin());
  }

  void begin() {
    running = true;
    thread = Thread.ofVirtual().name("oidc-keys").start(this::keepFetching);
  }

  void stop(@Observes ShutdownEvent stopped) {
    end();
  }

  void end() {
    running = false;
    Thread begun = thread;
    if (begun != null) {
      begun.interrupt();
    }
  }

  State state() {
    return state;
  }

  /** A token names a key that is not among them: the issuer may have a new one. */
  void lacking() {
    if (asked.availablePermits() == 0) {
      asked.release();
    }
  }

  private void keepFetching() {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      while (running) {
        fetch(client);
        Thread.sleep(soonest);
        Duration rest = state.keys().isEmpty() ? Duration.ZERO : USUALLY.minus(soonest);
        boolean unused = asked.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
        asked.drainPermits();
      }
    } catch (InterruptedException e) {
      LOG.debug("the issuer's keys are fetched no more");
    }
  }

  private void fetch(HttpClient client) throws InterruptedException {
    URI from = issuer.orElseThrow();
    try {
      JsonNode document =
          json(client, URI.create(from.toString().replaceFirst("/+$", "") + DISCOVERY));
      if (!document.path("issuer").asText().equals(from.toString())) {
        throw new IOException("it calls itself " + document.path("issuer"));
      }
      URI keys =
          place(document, "jwks_uri", from)
              .orElseThrow(() -> new IOException("it does not say where its keys are"));
      List<JsonWebKey> found =
          new JsonWebKeySet(json(client, keys).toString())
              .getJsonWebKeys().stream()
                  .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                  .toList();
      if (found.isEmpty()) {
        throw new IOException("it has no key to sign with");
      }
      state = new State(found, places(document, from), "");
    } catch (IOException | JoseException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      LOG.warnf("The keys of %s cannot be fetched: %s", from, why);
      state = new State(state.keys(), state.places(), why);
    }
  }

  /** Where people sign in; what is wrong with that harms nobody who brings a token. */
  private static Optional<Places> places(JsonNode document, URI from) {
    try {
      Optional<URI> page = place(document, "authorization_endpoint", from);
      Optional<URI> codes = place(document, "token_endpoint", from);
      return page.flatMap(signIn -> codes.map(tokens -> new Places(signIn, tokens)));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf("Nobody can be sent to the sign-in of %s: %s", from, e.getMessage());
      return Optional.empty();
    }
  }

  /** What a document says of a place; over a network it is not left for one without TLS. */
  private static Optional<URI> place(JsonNode document, String name, URI issuer)
      throws IOException {
    if (!document.path(name).isTextual()) {
      return Optional.empty();
    }
    URI place = URI.create(document.path(name).textValue());
    if (!"https".equals(place.getScheme()) && "https".equals(issuer.getScheme())) {
      throw new IOException("its " + name + " is not an https address");
    }
    return Optional.of(place);
  }

  private static JsonNode json(HttpClient client, URI from)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(from)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(from + " answers " + answer.statusCode());
    }
    return Wire.mapper().readTree(answer.body());
  }
}
