package io.modeldepot.registry.tokens;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.access.AccessToken;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tokens and sessions, as whoever holds one meets them. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@TestProfile(AlwaysAsked.class)
class TokensTest {
  private static final String EVENTS = "/api/v1/events";

  @Test
  void aTokenWorksAtOnceUntilItIsRevokedAndItsIdIsInTheAudit() {
    String token = create("{\"name\":\"ci\",\"role\":\"operator\"}");
    String id = AccessToken.of(token).orElseThrow().id();
    String model = Given.name("mine");

    with(token)
        .contentType("application/json")
        .body("{\"family\":\"some-family\"}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201);
    with(token)
        .get("/api/v1/audit?object=model/" + model)
        .then()
        .body("items[0].actor", equalTo("token/" + id));
    with(token)
        .delete("/api/v1/tokens/" + id)
        .then()
        .statusCode(403)
        .body("code", equalTo("not-permitted"));
    admin().delete("/api/v1/tokens/" + id).then().statusCode(204);
    with(token)
        .get("/api/v1/models")
        .then()
        .statusCode(401)
        .body("code", equalTo("token-required"))
        .body("detail", containsString("revoked"));
  }

  @Test
  void aStreamOfEventsEndsWithTheTokenThatItWasOpenedWith() throws Exception {
    String token = create("{\"name\":\"watcher\",\"role\":\"viewer\"}");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + EVENTS))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> stream = client.send(request, BodyHandlers.ofLines());
      assertThat(stream.statusCode()).isEqualTo(200);
      Iterator<String> lines = stream.body().iterator();
      while (!lines.next().contains("ping")) {
        // It goes on for as long as the token is one.
      }

      admin()
          .delete("/api/v1/tokens/" + AccessToken.of(token).orElseThrow().id())
          .then()
          .statusCode(204);

      CompletableFuture<Void> ended =
          CompletableFuture.runAsync(() -> lines.forEachRemaining(line -> {}));
      assertThat(ended).succeedsWithin(Duration.ofSeconds(60));
    }
    with(token).get(EVENTS).then().statusCode(401);
  }

  @Test
  void theSecretIsInOneAnswerAndNowhereElse() {
    String token = create("{\"name\":\"secret\",\"role\":\"viewer\"}");
    String id = AccessToken.of(token).orElseThrow().id();
    String secret = token.substring(token.lastIndexOf('_') + 1);

    admin().get("/api/v1/tokens").then().body(not(containsString(secret)));
    admin().get("/api/v1/audit?object=token/" + id).then().body(not(containsString(secret)));
    List<String> said = said(id, 1);
    assertThat(said.getFirst())
        .contains(AccessToken.of(token).orElseThrow().sha256().value())
        .doesNotContain(secret);
  }

  @Test
  void doorsHearOfAGrantAndOfItsEnd() {
    String token =
        create(
            "{\"name\":\"doors\",\"role\":\"viewer\",\"families\":[\"phi\"],\"expiresSeconds\":600}");
    String id = AccessToken.of(token).orElseThrow().id();
    admin().delete("/api/v1/tokens/" + id).then().statusCode(204);

    List<String> said = said(id, 2);

    assertThat(said.getFirst())
        .contains(
            "\"role\":\"viewer\"", "\"families\":[\"phi\"]", "\"revoked\":false", "expiresAt");
    assertThat(said.getLast()).contains("\"revoked\":true", "\"generation\":2");
  }

  @Test
  void whoIsLimitedToAFamilySeesEverythingAndChangesItsOwn() {
    String ours = entry("ours-family");
    String theirs = entry("theirs-family");
    String token =
        create("{\"name\":\"team\",\"role\":\"operator\",\"families\":[\"ours-family\"]}");

    with(token).get("/api/v1/models/" + theirs).then().statusCode(200);
    assertThat(patch(token, ours)).isEqualTo(200);
    assertThat(patch(token, theirs)).isEqualTo(403);
    assertThat(post(token, "downloads", "{\"model\":\"%s\"}".formatted(theirs))).isEqualTo(403);
    assertThat(post(token, "downloads", "{\"repository\":\"acme/unheard-of\"}")).isEqualTo(403);
    assertThat(post(token, "cleanups", "{\"scope\":\"cache\"}")).isEqualTo(403);
    assertThat(post(token, "backups", "{\"family\":\"theirs-family\"}")).isEqualTo(403);
    assertThat(post(token, "backups", "{\"family\":\"ours-family\"}")).isEqualTo(202);
    with(token)
        .contentType("application/json")
        .body("{\"bytes\":1000000}")
        .put("/api/v1/site/quota/ours-family")
        .then()
        .statusCode(403)
        .body("detail", containsString("ours-family"));
    with(token)
        .contentType("application/json")
        .body("{\"family\":\"theirs-family\"}")
        .put("/api/v1/models/" + Given.name("sneaked"))
        .then()
        .statusCode(403);
  }

  @Test
  void aSessionIsACookieThatNoScriptReadsAndEndsWithItsToken() {
    String token = create("{\"name\":\"person\",\"role\":\"operator\"}");
    Response begun = begin("{\"token\":\"" + token + "\"}");
    begun.then().statusCode(200).body("role", equalTo("operator")).body("signedIn", equalTo(true));
    assertThat(begun.header("Set-Cookie"))
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Strict")
        .contains("Path=/");
    String cookie = begun.cookie("mdp_session");

    assertThat(cookie).isNotEqualTo(token);
    given().cookie("mdp_session", cookie).get("/api/v1/models").then().statusCode(200);
    admin()
        .delete("/api/v1/tokens/" + AccessToken.of(token).orElseThrow().id())
        .then()
        .statusCode(204);
    given().cookie("mdp_session", cookie).get("/api/v1/models").then().statusCode(401);
  }

  @Test
  void behindAProxyThatSpeaksTlsASessionIsSentByTlsAlone() {
    String body = "{\"token\":\"" + AlwaysAsked.SERVICE_TOKEN + "\"}";

    Response begun =
        given()
            .header("X-Forwarded-Proto", "https")
            .contentType("application/json")
            .body(body)
            .post("/api/v1/session");

    assertThat(begun.header("Set-Cookie")).containsIgnoringCase(";Secure");
    assertThat(begin(body).header("Set-Cookie")).doesNotContainIgnoringCase(";Secure");
  }

  @Test
  void signingOutEndsTheSession() {
    String cookie =
        begin("{\"token\":\"" + AlwaysAsked.SERVICE_TOKEN + "\"}").cookie("mdp_session");
    given()
        .cookie("mdp_session", cookie)
        .get("/api/v1/session")
        .then()
        .body("role", equalTo("admin"));
    given().cookie("mdp_session", cookie).delete("/api/v1/session").then().statusCode(204);

    given().cookie("mdp_session", cookie).get("/api/v1/models").then().statusCode(401);
    given().get("/api/v1/session").then().statusCode(200).body("signedIn", equalTo(false));
  }

  @Test
  void aClaimSignsInOnceAndOpensNothingItself() {
    String claim =
        admin()
            .contentType("application/json")
            .body("{\"name\":\"phone\",\"role\":\"viewer\"}")
            .post("/api/v1/tokens/claims")
            .then()
            .statusCode(201)
            .extract()
            .path("token");

    with(claim).get("/api/v1/models").then().statusCode(401);
    begin("{\"claim\":\"" + claim + "\"}").then().statusCode(200).body("role", equalTo("viewer"));
    begin("{\"claim\":\"" + claim + "\"}")
        .then()
        .statusCode(401)
        .body("detail", containsString("used"));
  }

  @Test
  void aPageOfAnotherSiteChangesNothing() {
    String model = entry("some-family");

    admin()
        .header("Origin", "https://elsewhere.example")
        .delete("/api/v1/models/" + model)
        .then()
        .statusCode(403)
        .body("code", equalTo("not-permitted"));
    admin().get("/api/v1/models/" + model).then().statusCode(200);
  }

  @Test
  void mistakesArePointedAt() {
    admin()
        .contentType("application/json")
        .body("{\"role\":\"king\",\"families\":[\"No Family\"],\"expiresSeconds\":0}")
        .post("/api/v1/tokens")
        .then()
        .statusCode(422)
        .body(
            "errors.pointer", equalTo(List.of("/name", "/role", "/families/0", "/expiresSeconds")));
    admin()
        .contentType("application/json")
        .body("{\"name\":\"x\",\"role\":\"admin\",\"families\":[\"phi\"]}")
        .post("/api/v1/tokens")
        .then()
        .statusCode(422)
        .body("errors", hasSize(1));
    admin().delete("/api/v1/tokens/aaaaaaaaaa").then().statusCode(404);
  }

  private static List<String> said(String id, int count) {
    return Topic.records(Topics.ACCESS_CHANGED, count, it -> id.equals(it.key())).stream()
        .map(it -> new String(Objects.requireNonNull(it.value()), StandardCharsets.UTF_8))
        .toList();
  }

  private static String entry(String family) {
    String model = Given.name("of");
    admin()
        .contentType("application/json")
        .body("{\"family\":\"" + family + "\"}")
        .put("/api/v1/models/" + model)
        .then()
        .statusCode(201);
    return model;
  }

  private static int patch(String token, String model) {
    String tag = with(token).get("/api/v1/models/" + model).header("ETag");
    return with(token)
        .contentType("application/merge-patch+json")
        .header("If-Match", tag)
        .body("{\"keepVersions\":5}")
        .patch("/api/v1/models/" + model)
        .statusCode();
  }

  private static int post(String token, String what, String body) {
    return with(token)
        .contentType("application/json")
        .body(body)
        .post("/api/v1/" + what)
        .statusCode();
  }

  private static Response begin(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/session");
  }

  private static String create(String body) {
    return admin()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  private static RequestSpecification admin() {
    return with(AlwaysAsked.SERVICE_TOKEN);
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
