package io.modeldepot.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.settings.Found;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The registry's resources. Every method throws a {@link Failure} when the registry cannot be
 * reached or says no; the text names the thing, the address and where the address came from.
 */
public final class Registry {
  private static final String API = "/api/v1";

  private final Door door;
  private final Found address;
  private volatile boolean answered;

  /**
   * @param token who asks, where that is asked
   * @param trusted what a certificate of the registry's is held against; empty: what the JDK trusts
   */
  public Registry(Found address, Optional<String> token, Optional<SSLContext> trusted) {
    this.door = new HttpDoor(base(address), token, trusted);
    this.address = address;
  }

  /** What may go into one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public static String query(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /**
   * @param thing what the person named; leads the error text
   * @param path below {@code /api/v1}
   */
  public JsonNode get(String thing, String path) {
    return send(thing, Call.get(path)).body();
  }

  /** The same, for who would rather ask again than wait. */
  public JsonNode get(String thing, String path, Duration patience) {
    return send(thing, Call.get(path).waiting(patience)).body();
  }

  /** As {@link #get}, but a 404 is an answer. */
  public Optional<JsonNode> find(String thing, String path) {
    Answer answer = ask(Call.get(path));
    return answer.status() == 404 ? Optional.empty() : Optional.of(good(thing, answer).body());
  }

  /** The items of a list, page by page, up to a number of them. */
  public ArrayNode items(String thing, String path, int most) {
    ArrayNode all = Json.array();
    String next = "";
    do {
      String glue = path.indexOf('?') < 0 ? "?" : "&";
      String limit = glue + "limit=" + Math.min(500, Math.max(1, most - all.size()));
      JsonNode page =
          get(thing, path + limit + (next.isEmpty() ? "" : "&" + query("cursor", next)));
      page.path("items").forEach(all::add);
      next = page.path("next").asText("");
    } while (!next.isEmpty() && all.size() < most);
    return all;
  }

  /** Puts a file below {@code /api/v1}; it may take as long as it is large. */
  public JsonNode put(String thing, String path, Path file, String contentType, Duration patience) {
    try {
      Answer answer = door.put(API + path, file, contentType, patience);
      answered = true;
      return good(thing, answer).body();
    } catch (IOException e) {
      answered |= e instanceof NotARegistry;
      throw unreachable(e);
    }
  }

  /** Sends a call whose path is below {@code /api/v1}. */
  public Answer send(String thing, Call call) {
    return good(thing, ask(call));
  }

  /**
   * Changes wishes of a catalog entry: reads its ETag, sends the merge patch with it. When somebody
   * else was faster it reads and sends once more, because the patch names all it wants and depends
   * on nothing it read.
   */
  public JsonNode wish(String model, ObjectNode mergePatch) {
    String path = "/models/" + segment(model);
    for (int turn = 0; ; turn++) {
      Answer seen = send(model, Call.get(path));
      Call patch = Call.patch(path, mergePatch);
      Optional<String> etag = seen.header("etag");
      Answer answer = ask(etag.isPresent() ? patch.with("If-Match", etag.get()) : patch);
      if (answer.status() != 412 || turn > 0) {
        return good(model, answer).body();
      }
    }
  }

  /**
   * @throws IOException when the stream cannot be opened: callers fall back to asking
   */
  public EventStream listen(String path, Optional<String> lastEventId) throws IOException {
    return door.listen(API + path, lastEventId);
  }

  public Found address() {
    return address;
  }

  /** Whether anything has answered there, be it something else than a registry. */
  public boolean answered() {
    return answered;
  }

  /** The one text for "nobody answers", with the address and its origin. */
  public Failure unreachable(IOException why) {
    if (why instanceof SSLException) {
      return unreachable("no TLS with it: " + why.getMessage())
          .tryThis(Try.words("name the certificates of who signed its own: DEPOT_CA_FILE=ca.pem"));
    }
    String cause =
        switch (why) {
          case ConnectException e -> "nothing listens there";
          case UnknownHostException e -> "no host of that name is known";
          case SocketTimeoutException e -> "it did not answer in time";
          default -> String.valueOf(why.getMessage());
        };
    return unreachable(cause)
        .tryThis(Try.words("start it, in the checkout: make up"))
        .tryThis(new Try("see what is wrong", "doctor"));
  }

  private Answer ask(Call call) {
    try {
      Answer answer = door.ask(call.below(API));
      answered = true;
      return answer;
    } catch (IOException e) {
      answered |= e instanceof NotARegistry;
      throw unreachable(e);
    }
  }

  private Failure unreachable(String cause) {
    return Failure.of(
            ExitCode.UNREACHABLE,
            "depot-unreachable",
            "the depot cannot be reached at " + address.value())
        .because(cause + "; the address comes from: " + address.origin());
  }

  private Failure redirected(Answer answer) {
    Optional<String> target = answer.header("location");
    Failure failure =
        unreachable(
            "HTTP "
                + answer.status()
                + target.map(to -> " sends callers on to " + to).orElse(", without saying where"));
    int api = target.map(to -> to.indexOf(API)).orElse(-1);
    return api > 0
        ? failure.tryThis(
            Try.words("use that address: --url " + target.orElseThrow().substring(0, api)))
        : failure.tryThis(Try.words("name the registry's own address with --url or DEPOT_URL"));
  }

  private Answer good(String thing, Answer answer) {
    if (answer.redirect()) {
      throw redirected(answer);
    }
    if (!answer.good()) {
      throw Problems.failure(thing, answer.body(), answer.status());
    }
    return answer;
  }

  private static URI base(Found address) {
    try {
      URI uri = URI.create(address.value().strip());
      String scheme = String.valueOf(uri.getScheme());
      boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (("http".equals(scheme) || "https".equals(scheme)) && uri.getHost() != null && bare) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, together with the other ways to be wrong
    }
    throw Failure.usage("\"" + address.value() + "\" is no address of a registry")
        .because("it must look like http://host:8080; it comes from: " + address.origin());
  }
}
