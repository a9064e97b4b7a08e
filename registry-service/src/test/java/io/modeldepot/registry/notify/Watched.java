package io.modeldepot.registry.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.testkit.webhook.WebhookServer;
import io.modeldepot.testkit.webhook.WebhookServer.Told;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver that is set in the registry, with the server behind it. */
final class Watched implements AutoCloseable {
  static final String PATH = "/hooks/B0SECRETWORD";
  private static final Path FILES = Path.of("target/notify-files");
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  final String name = Given.name("r").replaceAll("[^a-z0-9-]", "-");
  private WebhookServer server;

  /** Set to be told this as CloudEvents. */
  static Watched of(WebhookServer server, String... on) {
    return new Watched(server, "cloudevents", List.of(on));
  }

  /** Set to be told this in that form. */
  Watched(WebhookServer server, String template, List<String> on) {
    this.server = server;
    file(name + "-url", server.url(PATH));
    file("key", KEY);
    String value =
        "{\"on\":[\"%s\"],\"urlFile\":\"%s-url\",\"template\":\"%s\",\"secretFile\":\"key\"}"
            .formatted(String.join("\",\"", on), name, template);
    put(name, value).then().statusCode(200);
  }

  /** Behind the same address from now on. */
  void movesTo(WebhookServer other) {
    server = other;
  }

  static io.restassured.response.Response put(String name, String value) {
    return given().contentType("application/json").body(value).put("/api/v1/site/notify/" + name);
  }

  static void file(String name, String content) {
    try {
      Files.createDirectories(FILES);
      Files.writeString(FILES.resolve(name), content + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server was told about, once each however often it came. */
  List<String> subjects() {
    return server.told().stream()
        .filter(distinctIds()::test)
        .map(told -> event(told).path("subject").asText())
        .toList();
  }

  private static Predicate<Told> distinctIds() {
    java.util.Set<String> seen = new java.util.HashSet<>();
    return told -> seen.add(told.headers().get("webhook-id"));
  }

  /** Waits until the server was told about it. */
  JsonNode awaitTold(String subject) {
    Patience.await().untilAsserted(() -> assertThat(subjects()).contains(subject));
    return event(about(subject).getFirst());
  }

  /** Every request about it. */
  List<Told> about(String subject) {
    return server.told().stream()
        .filter(told -> event(told).path("subject").asText().equals(subject))
        .toList();
  }

  static JsonNode event(Told told) {
    try {
      return Wire.mapper().readTree(told.text());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the log for this receiver, the newest first. */
  JsonPath log() {
    return given()
        .get("/api/v1/notifications?receiver=" + name)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** Waits until the newest line of the log is in this state; returns its id. */
  String awaitState(String state) {
    Patience.await()
        .untilAsserted(() -> assertThat(log().getString("items[0].state")).isEqualTo(state));
    return log().getString("items[0].id");
  }

  /** Whether a request is signed, by the specification and none of the service's code. */
  static boolean isSigned(Told told) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(KEY.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String head =
          told.headers().get("webhook-id") + "." + told.headers().get("webhook-timestamp") + ".";
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(told.body()));
      return expected.equals(told.headers().get("webhook-signature"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody else's facts come to a server that is gone. */
  @Override
  public void close() {
    given().delete("/api/v1/site/notify/" + name);
    server.close();
  }
}
