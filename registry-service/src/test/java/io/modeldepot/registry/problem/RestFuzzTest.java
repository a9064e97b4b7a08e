package io.modeldepot.registry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.wire.Wire;
import io.modeldepot.fuzz.Fuzz;
import io.modeldepot.registry.hands.AccessTable;
import io.modeldepot.registry.tokens.AlwaysAsked;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Whatever is asked, the answer is never that the registry itself failed. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@TestProfile(AlwaysAsked.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class RestFuzzTest {
  /** Inputs for one endpoint are requests, which cost more than a parser. */
  private static final int SHARE = 50;

  private static final List<String> HOSTILE =
      List.of(
          "%00",
          "a%00b",
          "%ff",
          "%ed%a0%80",
          "%f0%9f%92%a9",
          "%2e%2e%2fx",
          "%27%3B--",
          "%25",
          "%0a%1b%5B31m",
          "x".repeat(1_500),
          "-1",
          "9223372036854775808",
          "1e999",
          "%7B%7D",
          "+",
          "a%3Db%26c");

  private static final List<String> PARAMETERS =
      List.of(
          "q",
          "sort",
          "limit",
          "cursor",
          "filter",
          "state",
          "kind",
          "from",
          "to",
          "after",
          "file",
          "location",
          "model",
          "users",
          "context",
          "variant",
          "topic",
          "request",
          "actor",
          "object",
          "seq",
          "hash",
          "host",
          "prune",
          "raw",
          "receiver",
          "content",
          "plan");

  /** A good body for each address that takes one, by the end of the address. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "POST /api/v1/downloads",
              "{\"model\":\"phi-2\",\"profile\":\"serving\",\"revision\":\"main\",\"priority\":3,"
                  + "\"include\":[\"*.json\"],\"plan\":true}"),
          Map.entry("POST /api/v1/backups", "{\"scope\":{\"kind\":\"all\"},\"dryRun\":true}"),
          Map.entry(
              "POST /api/v1/cleanups",
              "{\"scope\":\"versions\",\"keep\":1,\"dryRun\":true,\"family\":\"phi\"}"),
          Map.entry("POST /api/v1/restores", "{\"snapshot\":\"b-1\",\"models\":[\"phi-2\"]}"),
          Map.entry("POST /api/v1/integrity", "{\"model\":\"phi-2\"}"),
          Map.entry(
              "POST /api/v1/placements/plan",
              "{\"models\":{\"phi-2\":{\"users\":3,\"contextTokens\":4096}},\"note\":\"x\"}"),
          Map.entry(
              "PUT /api/v1/models/{model}",
              "{\"repository\":\"acme/phi-2\",\"family\":\"phi\",\"branch\":\"main\",\"keepVersions\":3,"
                  + "\"users\":4,\"contextTokens\":4096,\"note\":\"n\",\"variants\":[\"fp16\"]}"),
          Map.entry("PATCH /api/v1/models/{model}", "{\"users\":4,\"pin\":null,\"active\":true}"),
          Map.entry("POST /api/v1/models/{model}/rollback", "{\"commit\":\"aaaaaaa\"}"),
          Map.entry("POST /api/v1/models/{model}/leases", "{\"holder\":\"vllm\",\"seconds\":60}"),
          Map.entry("PUT /api/v1/models/{model}/leases/{id}", "{\"seconds\":60}"),
          Map.entry("PUT /api/v1/site/{key}", "{\"unusedDays\":60,\"trashSeconds\":60}"),
          Map.entry("POST /api/v1/session", "{\"token\":\"x\"}"),
          Map.entry("POST /api/v1/tokens", "{\"name\":\"n\",\"role\":\"viewer\",\"days\":3}"),
          Map.entry("POST /api/v1/tokens/claims", "{\"role\":\"viewer\"}"),
          Map.entry(
              "PUT /api/v1/desired-state",
              "{\"apiVersion\":\"modeldepot/v1\",\"models\":{\"phi-2\":{\"users\":3}}}"),
          Map.entry(
              "POST /api/v1/desired-state/diff",
              "{\"apiVersion\":\"modeldepot/v1\",\"models\":{\"phi-2\":{\"users\":3}}}"));

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TestHTTPResource("/")
  URI registry;

  @Test
  void aBodyIsTakenOrRefused() throws IOException {
    for (String endpoint : endpoints()) {
      String method = endpoint.split(" ")[0];
      if (endpoint.endsWith("/registry-dump") || method.equals("GET") || method.equals("DELETE")) {
        continue;
      }
      String path = filled(endpoint, method.equals("PUT") ? "retention" : "phi-2");
      Fuzz.of("rest " + endpoint)
          .seed(BODIES.getOrDefault(endpoint, "{}"))
          .words("\\u0000", "\\ud800", "\"\\u0000\"", "null", "-1", "1e999")
          .oneIn(SHARE)
          .run(input -> assertAnswered(method, path, input));
    }
  }

  @Test
  void hostileWordsInAnAddressAreTakenOrRefused() throws Exception {
    for (String endpoint : endpoints()) {
      String method = endpoint.split(" ")[0];
      if (endpoint.contains("{") && !method.equals("PUT")) {
        for (String word : HOSTILE) {
          assertAnswered(method, filled(endpoint, word), new byte[] {'{', '}'});
        }
      }
    }
  }

  @Test
  void hostileParametersAreTakenOrRefused() throws Exception {
    for (String endpoint : endpoints()) {
      if (endpoint.startsWith("GET ")
          && !endpoint.endsWith("-dump")
          && !endpoint.endsWith("events")) {
        for (String word : HOSTILE.subList(0, 9)) {
          StringBuilder query = new StringBuilder("?");
          PARAMETERS.forEach(name -> query.append(name).append('=').append(word).append('&'));
          assertAnswered("GET", filled(endpoint, "phi-2") + query, new byte[0]);
        }
        for (String name : PARAMETERS) {
          assertAnswered("GET", filled(endpoint, "phi-2") + "?" + name + "=a%00b", new byte[0]);
        }
      }
    }
  }

  private void assertAnswered(String method, String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry + path.substring(1)))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + AlwaysAsked.SERVICE_TOKEN)
            .header(
                "Content-Type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
            .method(
                method,
                method.equals("GET") || method.equals("DELETE")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      byte[] said = in.readNBytes(1 << 20);
      String text = new String(said, StandardCharsets.UTF_8);
      if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
        assertThat(answer.statusCode()).as("%s %s: %s", method, path, text).isLessThan(500);
      } else if (answer.statusCode() >= 400) {
        String code = Wire.mapper().readTree(said).path("code").asText();
        assertThat(code).as("%s %s: %s", method, path, text).isNotEmpty();
        // Nobody answers for placement here, and that is told as it is.
        if (!code.equals("placement-unavailable")) {
          assertThat(answer.statusCode()).as("%s %s: %s", method, path, text).isLessThan(500);
        }
      }
    }
  }

  private static String filled(String endpoint, String word) {
    return endpoint
        .split(" ", 2)[1]
        .replaceAll("\\{number[^}]*}", "1")
        .replaceAll("\\{[^}]+}", Matcher.quoteReplacement(word));
  }

  private static List<String> endpoints() throws IOException {
    List<String> endpoints =
        AccessTable.read().keySet().stream().filter(it -> it.contains(" /api/")).toList();
    assertThat(endpoints).hasSizeGreaterThan(50);
    return endpoints;
  }
}
