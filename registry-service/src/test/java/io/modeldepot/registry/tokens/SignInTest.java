package io.modeldepot.registry.tokens;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.modeldepot.kit.access.AccessToken;
import io.modeldepot.registry.hands.Eventually;
import io.modeldepot.testkit.database.DepotTestResource;
import io.modeldepot.testkit.oidc.Issuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in at an organisation's own page, as a browser does it. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@TestProfile(AlwaysAsked.class)
@SuppressWarnings("NullAway.Init") // injected
class SignInTest {
  private static final String SIGN_IN = "/api/v1/session/sign-in";

  Issuer issuer;

  @BeforeEach
  void theIssuerIsKnown() {
    issuer.inAccessToken(claims -> {});
    Eventually.await()
        .untilAsserted(
            () -> given().get("/api/v1/session").then().body("issuer", equalTo("127.0.0.1")));
  }

  @Test
  void whoSignsInThereHasASessionHereAndIsBackWhereHeWas() {
    Response begun = begin("/models?q=llama&sort=name");
    Response back = comeBack(begun, issuer.signIn(URI.create(begun.header("Location"))));

    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.asString()).contains("url=/models?q=llama&amp;sort=name");
    assertThat(back.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(back.header("Cache-Control")).isEqualTo("no-store");
    assertThat(back.header("Referrer-Policy")).isEqualTo("no-referrer");
    String session = back.cookie("mdp_session");
    assertThat(back.detailedCookie("mdp_session").getSameSite()).isEqualTo("Strict");
    assertThat(back.detailedCookie("mdp_session").isHttpOnly()).isTrue();
    given()
        .cookie("mdp_session", session)
        .get("/api/v1/session")
        .then()
        .body("role", equalTo("operator"))
        .body("signedIn", equalTo(true));
    String id = AccessToken.of(session).orElseThrow().id();
    given()
        .header("Authorization", "Bearer " + AlwaysAsked.SERVICE_TOKEN)
        .get("/api/v1/audit?object=token/" + id)
        .then()
        .body("items[0].actor", equalTo("user/7f3c-ada"))
        .body("items[0].action", equalTo("access.granted"));
  }

  @Test
  void theBrowserKeepsASecretThatTheIssuerDoesNotSee() {
    Response begun = begin("/");

    assertThat(begun.statusCode()).isEqualTo(303);
    assertThat(begun.detailedCookie("mdp_sign_in").getSameSite()).isEqualTo("Lax");
    assertThat(begun.detailedCookie("mdp_sign_in").isHttpOnly()).isTrue();
    assertThat(begun.header("Location"))
        .startsWith(issuer.url().toString())
        .doesNotContain(begun.cookie("mdp_sign_in").substring(0, 43));
  }

  @Test
  void aSignInThatAnotherBrowserBeganIsNotTaken() {
    Response begun = begin("/");
    URI back = issuer.signIn(URI.create(begin("/").header("Location")));

    comeBack(begun, back).then().statusCode(401).body(containsString("not begun in this browser"));
    given()
        .get(back)
        .then()
        .statusCode(401)
        .body(containsString("not begun in this browser"))
        .header("Set-Cookie", not(containsString("mdp_session")));
  }

  @Test
  void whatComesBackFromElsewhereEndsNoSignInThatIsUnderWay() {
    Response begun = begin("/");
    URI another = issuer.signIn(URI.create(begin("/").header("Location")));

    Response refused = comeBack(begun, another);

    assertThat(refused.detailedCookie("mdp_sign_in")).isNull();
    comeBack(begun, issuer.signIn(URI.create(begun.header("Location")))).then().statusCode(200);
  }

  @Test
  void whoGetsNoRoleReadsWhy() {
    issuer.inAccessToken(claims -> claims.setAudience("another"));
    Response begun = begin("/");

    Response back = comeBack(begun, issuer.signIn(URI.create(begun.header("Location"))));

    back.then().statusCode(401).body(containsString("nothing that gives a role here"));
    assertThat(back.cookies()).doesNotContainKey("mdp_session");
  }

  @Test
  void aRefusalOfTheIssuerIsSaidInItsWordAndNothingElse() {
    Response begun = begin("/");
    String state =
        issuer.signIn(URI.create(begun.header("Location"))).getQuery().replaceFirst(".*state=", "");

    for (Map.Entry<String, String> said :
        Map.of("access_denied", "access_denied", "<b>x</b>", "did not sign you in.").entrySet()) {
      given()
          .cookie("mdp_sign_in", begun.cookie("mdp_sign_in"))
          .queryParam("state", state)
          .queryParam("error", said.getKey())
          .get("/api/v1/session/callback")
          .then()
          .statusCode(401)
          .body(containsString(said.getValue()), not(containsString("<b>x")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.org/",
        "//evil.example.org/",
        "/\\evil.example.org",
        "/%09/evil\t",
        "javascript:alert(1)",
        "models"
      })
  void aLinkToTheSignInLeadsNowhereElse(String to) {
    Response begun = begin(to);

    Response back = comeBack(begun, issuer.signIn(URI.create(begun.header("Location"))));

    assertThat(back.asString()).contains("content=\"0;url=/\"").doesNotContain("evil");
  }

  private static Response begin(String to) {
    return given().redirects().follow(false).queryParam("to", to).get(SIGN_IN);
  }

  private static Response comeBack(Response begun, URI back) {
    return given().cookie("mdp_sign_in", begun.cookie("mdp_sign_in")).get(back);
  }
}
