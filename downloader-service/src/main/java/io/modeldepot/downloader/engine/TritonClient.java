package io.modeldepot.downloader.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.EngineMark;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Triton's model control over HTTP: the repository extension, readiness, configuration. */
final class TritonClient {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_WORDS = 400;
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(15);

  private final HttpUrl root;
  private final OkHttpClient asking;
  private final OkHttpClient loading;

  TritonClient(HttpUrl root, OkHttpClient client, Duration loadTimeout) {
    this.root = root;
    this.asking =
        client
            .newBuilder()
            .connectTimeout(TO_CONNECT)
            .readTimeout(TO_ANSWER)
            .callTimeout(TO_ANSWER.plus(TO_CONNECT))
            .followRedirects(false)
            .build();
    this.loading =
        asking
            .newBuilder()
            .readTimeout(loadTimeout)
            .callTimeout(loadTimeout.plus(TO_CONNECT))
            .build();
  }

  /** The server answers, and says no. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(int status, String said) {
      super("it answers " + status + (said.isEmpty() ? "" : ": " + said));
    }
  }

  /** Whether the model is loaded and can be used. */
  boolean isReady(ModelName model) throws IOException {
    try (Response response = get("v2/models/" + model + "/ready")) {
      return response.isSuccessful();
    }
  }

  /** The mark in the configuration of the model that is loaded; empty if it has none. */
  Optional<String> mark(ModelName model) throws IOException {
    try (Response response = get("v2/models/" + model + "/config")) {
      if (!response.isSuccessful()) {
        return Optional.empty();
      }
      return Optional.of(
              json(response)
                  .path("parameters")
                  .path(EngineMark.PARAMETER)
                  .path("string_value")
                  .asText(""))
          .filter(text -> !text.isEmpty());
    }
  }

  /** Has the model loaded from the repository; returns when it is, which may take minutes. */
  void load(ModelName model) throws IOException {
    post(loading, "v2/repository/models/" + model + "/load");
  }

  /** Has the model unloaded; it may go on serving for a moment. */
  void unload(ModelName model) throws IOException {
    post(asking, "v2/repository/models/" + model + "/unload");
  }

  /** Where it is, for people. */
  String address() {
    return root.toString().replaceAll("/$", "");
  }

  private Response get(String path) throws IOException {
    return asking.newCall(new Request.Builder().url(at(path)).build()).execute();
  }

  private void post(OkHttpClient client, String path) throws IOException {
    Request request =
        new Request.Builder().url(at(path)).post(RequestBody.create("{}", JSON)).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new Refused(response.code(), words(json(response).path("error").asText("")));
      }
    }
  }

  private HttpUrl at(String path) {
    return root.newBuilder().addPathSegments(path).build();
  }

  private static JsonNode json(Response response) throws IOException {
    try {
      return Wire.mapper().readTree(response.peekBody(MOST_BYTES).bytes());
    } catch (JsonProcessingException e) {
      return Wire.mapper().createObjectNode();
    }
  }

  /** One line, not too long, nothing that a terminal would obey. */
  private static String words(String said) {
    String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "…";
  }
}
