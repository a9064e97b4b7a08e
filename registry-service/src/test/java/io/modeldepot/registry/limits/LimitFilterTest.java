package io.modeldepot.registry.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.registry.tokens.AlwaysAsked;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** One caller who does not stop asking, and the others. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@TestProfile(AlwaysAsked.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class LimitFilterTest {
  /** Many times what is taken at once. */
  private static final int ENOUGH = 5_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TestHTTPResource("/api/v1/models?limit=1")
  URI models;

  @Test
  void whoDoesNotStopAskingIsRefusedForAMomentAndOthersAreAnswered() throws Exception {
    String wild = token();
    String calm = token();

    HttpResponse<byte[]> last = ask(wild);
    int asked = 1;
    for (; asked < ENOUGH && last.statusCode() == 200; asked++) {
      last = ask(wild);
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(asked).isGreaterThan(10 * AlwaysAsked.REQUESTS_A_SECOND);
    assertThat(last.headers().firstValue("Retry-After")).contains("2");
    assertThat(last.headers().firstValue("X-Request-Id")).isPresent();
    JsonNode problem = Wire.mapper().readTree(last.body());
    assertThat(problem.path("code").asText()).isEqualTo("rate-limited");
    assertThat(problem.path("evidence").path("requestsPerSecond").asInt())
        .isEqualTo(AlwaysAsked.REQUESTS_A_SECOND);
    assertThat(ask(calm).statusCode()).isEqualTo(200);
    assertThat(ask(AlwaysAsked.SERVICE_TOKEN).statusCode()).isEqualTo(200);
    Eventually.await().untilAsserted(() -> assertThat(ask(wild).statusCode()).isEqualTo(200));
  }

  @Test
  void strangersBehindAProxyEachHaveALimitOfTheirOwn() throws Exception {
    int last = stranger("203.0.113.7");
    int asked = 1;
    for (; asked < ENOUGH && last == 401; asked++) {
      last = stranger("203.0.113.7");
    }

    assertThat(last).isEqualTo(429);
    assertThat(asked).isGreaterThan(10 * AlwaysAsked.UNKNOWN_A_SECOND);
    assertThat(stranger("203.0.113.8")).isEqualTo(401);
  }

  private int stranger(String address) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(models).header("X-Forwarded-For", address).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private HttpResponse<byte[]> ask(String token) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(models).header("Authorization", "Bearer " + token).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String token() {
    return given()
        .header("Authorization", "Bearer " + AlwaysAsked.SERVICE_TOKEN)
        .contentType("application/json")
        .body("{\"name\":\"asking\",\"role\":\"viewer\"}")
        .post("/api/v1/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }
}
