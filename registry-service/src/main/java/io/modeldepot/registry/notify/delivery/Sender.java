package io.modeldepot.registry.notify.delivery;

import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.registry.notify.Attempt;
import io.modeldepot.registry.notify.Notification;
import io.modeldepot.registry.notify.receiver.NotifySettings;
import io.modeldepot.registry.notify.receiver.Receiver;
import io.modeldepot.registry.notify.receiver.ReceiverRules;
import io.modeldepot.registry.notify.receiver.SigningKey;
import io.modeldepot.registry.notify.receiver.WebAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks a receiver once. No redirect is followed and no proxy is used: either would have this
 * machine ask an address that nobody looked at. Safe for threads.
 */
@ApplicationScoped
public class Sender {
  private static final int MOST_WORDS = 120;
  private static final long MOST_BYTES = 512;
  private static final String RETRY_AFTER = "Retry-After";

  private final ReceiverRules rules;
  private final NotifySettings settings;
  private final String agent;
  private final InstantSource clock;
  private final OkHttpClient client;

  Sender(
      ReceiverRules rules, NotifySettings settings, ServiceIdentity identity, InstantSource clock) {
    this.rules = rules;
    this.settings = settings;
    this.agent = "model-depot/" + identity.version();
    this.clock = clock;
    this.client =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(settings.timeout())
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .writeTimeout(settings.timeout())
            .build();
  }

  /** Sends it. Whatever goes wrong is what came of the attempt. */
  public Attempt send(Receiver receiver, Notification news) {
    Instant begun = clock.instant();
    long since = System.nanoTime();
    try {
      WebAddress address = rules.address(receiver);
      Letter letter = Letter.of(news, receiver.template());
      Request request = request(address.url(), news, letter, rules.keys(receiver), begun);
      OkHttpClient checked =
          client.newBuilder().dns(new CheckedNames(address, rules, Dns.SYSTEM)).build();
      try (Response answer = checked.newCall(request).execute()) {
        return new Attempt(
            begun,
            Optional.of(answer.code()),
            millis(since),
            line(address.hiddenIn(said(answer))),
            pause(answer));
      }
    } catch (ReceiverRules.Unusable e) {
      return failed(begun, since, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(begun, since, words(e));
    }
  }

  private Request request(
      HttpUrl url, Notification news, Letter letter, List<SigningKey> keys, Instant at) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", agent)
            .header("webhook-id", news.id())
            .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
            .post(RequestBody.create(letter.body(), MediaType.get(letter.contentType())));
    if (!keys.isEmpty()) {
      request.header("webhook-signature", Signature.of(news.id(), at, letter.body(), keys));
    }
    return request.build();
  }

  /** Of a redirect the host alone, so that somebody can name it in the setting. */
  private static String said(Response answer) throws IOException {
    if (answer.isRedirect()) {
      String location = answer.header("Location");
      HttpUrl target = location == null ? null : answer.request().url().resolve(location);
      return "It redirects"
          + (target == null ? "" : " to " + target.scheme() + "://" + target.host())
          + ", and redirects are not followed; name the address itself.";
    }
    return answer.isSuccessful() ? "" : answer.peekBody(MOST_BYTES).string();
  }

  /** One short line, with nothing that a terminal would obey. */
  private static String line(String text) {
    String first = text.strip().lines().findFirst().orElse("");
    String safe = first.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return safe.length() <= MOST_WORDS ? safe : safe.substring(0, MOST_WORDS - 1) + "…";
  }

  private static Optional<Duration> pause(Response answer) {
    String seconds = answer.header(RETRY_AFTER, "");
    return seconds != null && seconds.matches("\\d{1,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  private Attempt failed(Instant begun, long since, String why) {
    return new Attempt(begun, Optional.empty(), millis(since), why, Optional.empty());
  }

  /** By its kind: what a library writes may have the address in it. */
  private String words(IOException e) {
    return switch (e) {
      case CheckedNames.NotAllowed it -> String.valueOf(it.getMessage());
      case UnknownHostException _ -> "No host of that name is known.";
      case ConnectException _ -> "Nothing listens there, or nothing gets through.";
      case InterruptedIOException _ ->
          "It did not answer within " + settings.timeout().toMillis() + " ms.";
      case SSLException _ -> "Its certificate, or TLS as it speaks it, is not accepted.";
      default -> "The connection broke: " + e.getClass().getSimpleName() + ".";
    };
  }

  private static long millis(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis();
  }

  @PreDestroy
  void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
