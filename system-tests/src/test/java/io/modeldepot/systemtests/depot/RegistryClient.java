package io.modeldepot.systemtests.depot;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registry's REST API as a script would use it. */
public final class RegistryClient {
  private static final Set<String> FINAL =
      Set.of("done", "failed", "cancelled", "expired", "planned");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final URI base;

  public RegistryClient(URI base) {
    this.base = base;
  }

  /** Status and body of a call. */
  public record Answer(int status, JsonNode body) {}

  /** GET {@code /api/v1} and the path. */
  public Answer get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  /** Every item of a list, page by page. */
  public List<JsonNode> pages(String path) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      String more = (path.contains("?") ? "&" : "?") + "limit=200";
      Answer page = get(path + more + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      if (page.status() != 200) {
        throw new AssertionError(path + " answered " + page);
      }
      page.body().path("items").forEach(all::add);
      cursor = page.body().path("next").asText();
    } while (!cursor.isEmpty());
    return all;
  }

  /** POST a JSON body. */
  public Answer post(String path, Object body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.write(body))));
  }

  /** PATCH of an entry as it is now: a JSON merge patch. */
  public Answer patchModel(String model, String patch) {
    String path = "/models/" + model;
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/merge-patch+json")
            .header("If-Match", "*")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(patch)));
  }

  /** DELETE. */
  public Answer delete(String path) {
    return send(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  /** Asks for a download and gives its id. */
  public String download(Map<String, ?> request) {
    Answer answer = post("/downloads", request);
    if (answer.status() != 202) {
      throw new AssertionError("POST /downloads answered " + answer);
    }
    return answer.body().path("id").asText();
  }

  /** Waits until a download has ended, however. */
  public JsonNode ended(String id, Duration atMost) {
    return Wait.value(
        "download " + id + " has ended",
        atMost,
        () -> {
          Answer answer = get("/downloads/" + id);
          return answer.status() == 200 && FINAL.contains(answer.body().path("state").asText())
              ? Optional.of(answer.body())
              : Optional.empty();
        },
        () -> get("/downloads/" + id).toString());
  }

  private URI uri(String path) {
    return base.resolve("/api/v1" + path);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(
              request.timeout(Duration.ofSeconds(35)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), json(answer.body()));
    } catch (IOException e) {
      return new Answer(-1, Wire.mapper().createObjectNode().put("error", String.valueOf(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? Wire.mapper().nullNode() : Wire.mapper().readTree(body);
    } catch (IOException e) {
      return Wire.mapper().getNodeFactory().binaryNode(body);
    }
  }
}
