package io.modeldepot.registry.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.Role;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.AccessTable;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every endpoint with every role, held against the table of {@code docs/access.md}. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@TestProfile(AlwaysAsked.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class AccessMatrixTest {
  private static final List<String> RANKS = List.of("anybody", "viewer", "operator", "admin");

  /** Streams are broken off in the middle, which must not end a connection that others share. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TestHTTPResource("/")
  URI registry;

  @Test
  void thePageHasEveryEndpoint() throws Exception {
    JsonNode api = json(send(request("GET", "/q/openapi?format=json", Optional.empty())));
    TreeSet<String> endpoints = new TreeSet<>();
    api.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            endpoints.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(AccessTable.read().keySet()).isEqualTo(endpoints);
  }

  @Test
  void everyRoleMayWhatThePageSaysAndNothingElse() throws Exception {
    Map<String, Optional<String>> callers = new TreeMap<>();
    callers.put("anybody", Optional.empty());
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
      callers.put(role.name().toLowerCase(Locale.ROOT), Optional.of(token(role)));
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> endpoint : AccessTable.read().entrySet()) {
      for (Map.Entry<String, Optional<String>> caller : callers.entrySet()) {
        String[] parts = endpoint.getKey().split(" ", 2);
        String path = parts[1].replaceAll("\\{number[^}]*}", "1").replaceAll("\\{[^}]+}", "x");
        String code = refusal(send(request(parts[0], path, caller.getValue())));
        boolean may = RANKS.indexOf(caller.getKey()) >= RANKS.indexOf(endpoint.getValue());
        String expected =
            may ? "" : caller.getKey().equals("anybody") ? "token-required" : "not-permitted";
        if (!code.equals(expected)) {
          wrong.add(caller.getKey() + " " + endpoint.getKey() + ": " + code);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  /** The code of a refusal by the gate; empty for every other answer. */
  private static String refusal(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      boolean isPage =
          answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
      if (answer.statusCode() != 401 && answer.statusCode() != 403 || isPage) {
        return "";
      }
      return Wire.mapper().readTree(body).path("code").asText();
    }
  }

  private String token(Role role) throws Exception {
    String body =
        "{\"name\":\"matrix\",\"role\":\"%s\"}".formatted(role.name().toLowerCase(Locale.ROOT));
    HttpRequest request =
        HttpRequest.newBuilder(registry.resolve("/api/v1/tokens"))
            .header("Authorization", "Bearer " + AlwaysAsked.SERVICE_TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return json(send(request)).path("token").asText();
  }

  /** A body that is nobody's: what may be asked for is refused as that, and does nothing. */
  private HttpRequest request(String method, String path, Optional<String> token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(registry.resolve(path)).header("Content-Type", type(method, path));
    token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
    boolean sends = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    return request
        .method(
            method,
            sends ? HttpRequest.BodyPublishers.ofString("[]") : HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static String type(String method, String path) {
    if (path.endsWith("/registry-dump")) {
      return "application/x-ndjson";
    }
    return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofInputStream());
  }

  private static JsonNode json(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return Wire.mapper().readTree(body);
    }
  }
}
