package io.modeldepot.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.modeldepot.cli.output.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the registry.
 *
 * @param path with its query, below the registry's address
 * @param patience how long to wait for the answer once connected
 */
public record Call(
    String method,
    String path,
    Map<String, String> headers,
    Optional<JsonNode> body,
    Duration patience) {
  private static final Duration USUAL = Duration.ofSeconds(30);
  private static final Duration LONG_FOR_MANY = Duration.ofMinutes(5);
  private static final String YAML = "application/yaml";

  public Call {
    headers = Map.copyOf(headers);
  }

  public static Call get(String path) {
    return new Call("GET", path, Map.of(), Optional.empty(), USUAL);
  }

  public static Call post(String path, JsonNode body) {
    return new Call("POST", path, Map.of(), Optional.of(body), USUAL);
  }

  /** A text in YAML, sent as it is. */
  public static Call yaml(String method, String path, String text) {
    return new Call(
        method,
        path,
        Map.of("Content-Type", YAML),
        Optional.of(TextNode.valueOf(text)),
        LONG_FOR_MANY);
  }

  public static Call patch(String path, JsonNode mergePatch) {
    return new Call("PATCH", path, Map.of(), Optional.of(mergePatch), USUAL);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, Map.of(), Optional.empty(), USUAL);
  }

  public Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, path, more, body, patience);
  }

  public Call waiting(Duration other) {
    return new Call(method, path, headers, body, other);
  }

  Call below(String prefix) {
    return new Call(method, prefix + path, headers, body, patience);
  }

  /** What is sent; empty where nothing is. */
  byte[] bytes() {
    boolean text = contentType().equals(YAML);
    return body.map(it -> text ? it.textValue() : Json.line(it))
        .orElse("")
        .getBytes(StandardCharsets.UTF_8);
  }

  String contentType() {
    String usual = "PATCH".equals(method) ? "application/merge-patch+json" : "application/json";
    return headers.getOrDefault("Content-Type", usual);
  }
}
