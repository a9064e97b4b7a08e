package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.oidc.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The console of a registry that asks everybody who they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInStory {
  private static final String TOKEN = "the-services-own-token-that-nobody-guesses";
  private static final int UNKNOWN = 401;
  private static final URI NO_HUB = URI.create("http://127.0.0.1:9");

  private final Browser browser = Browser.start();
  private final Issuer issuer = issuer();
  private final Depot depot =
      Depot.start(
          NO_HUB,
          0,
          Map.of(
              "DEPOT_ACCESS_REQUIRED",
              "always",
              "DEPOT_ACCESS_TOKEN",
              TOKEN,
              "DEPOT_OIDC_ISSUER",
              issuer.url().toString(),
              "DEPOT_OIDC_CLIENT_ID",
              "console"));
  private Visit desk = visit();

  @AfterEach
  void nothingToComplainAbout() {
    desk.hadNoComplaints();
    desk.page().context().close();
    desk = visit();
  }

  @AfterAll
  void close() {
    browser.close();
    depot.close();
    issuer.close();
  }

  /** Of another site than the console. */
  private static Issuer issuer() {
    try {
      return new Issuer("localhost");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Visit visit() {
    return browser.visit(depot.registryProcess().url()).expectsRefusal("/api/v1/");
  }

  @Test
  void aTokenSignsInUntilOneSignsOut() {
    desk.open("/models").sees("Sign in").isSound("sign-in");
    assertThat(desk.page().content()).as("nothing is shown before").doesNotContain("phi-2");

    enter("hf_not-one-of-ours");
    desk.sees("not known here").isSound("sign-in-refused");
    enter(TOKEN);
    desk.sees("phi-2").isSound("signed-in");
    assertThat(desk.page().evaluate("() => document.cookie")).isEqualTo("");
    desk.open("/audit").sees("access.granted");

    desk.button("Sign out").click();
    desk.sees("This depot asks who you are");
  }

  @Test
  void theOrganisationsOwnPageSignsInAndLeadsBack() {
    Wait.until(
        "the issuer is known",
        Duration.ofSeconds(60),
        () -> depot.registry().get("/session").body().path("issuer").asText().equals("localhost"),
        depot::logs);
    desk.open("/models?q=phi").sees("Sign in at localhost").isSound("sign-in-issuer");

    desk.page().getByText("Sign in at localhost").click();
    desk.page().getByText("Go on as Ada").click();

    desk.sees("phi-2").isSound("signed-in-by-issuer");
    assertThat(desk.page().url())
        .isEqualTo(depot.registryProcess().url().resolve("/models?q=phi").toString());
    assertThat(desk.page().evaluate("() => document.cookie")).isEqualTo("");
    desk.open("/audit").sees("user/7f3c-ada");
  }

  @Test
  void aLinkSignsInOnceAndLeavesNothingInTheAddress() {
    String link = link("phone");

    desk.page().navigate(link);
    desk.sees("Needs attention");
    assertThat(desk.page().url()).doesNotContain("claim");

    Visit other = visit();
    other.page().navigate(link);
    other.sees("used already").isSound("sign-in-used");
    other.page().context().close();
  }

  @Test
  void aRefusalFromBeforeTheSignInIsNotTakenForOneAfterIt() {
    String link = link("tablet");
    List<Route> held = new ArrayList<>();
    List<APIResponse> refused = new ArrayList<>();
    desk.page()
        .route(
            "**/api/v1/status",
            route -> {
              if (held.isEmpty()) {
                held.add(route);
                refused.add(route.fetch());
              } else {
                route.resume();
              }
            });

    desk.page()
        .waitForResponse(
            it -> it.url().endsWith("/api/v1/status") && it.ok(), () -> desk.page().navigate(link));
    assertThat(refused.getFirst().status()).isEqualTo(UNKNOWN);
    desk.page()
        .waitForResponse(
            it -> it.status() == UNKNOWN,
            () ->
                held.getFirst()
                    .fulfill(new Route.FulfillOptions().setResponse(refused.getFirst())));

    desk.page().evaluate("() => new Promise(done => setTimeout(done, 300))");
    desk.sees("Needs attention");
    assertThat(desk.page().getByLabel("Token").count()).isZero();
  }

  private String link(String name) {
    return new Shell(
            depot.models(),
            Map.of(
                "MODELS_DIR", depot.models().toString(),
                "DEPOT_URL", depot.registryProcess().url().toString(),
                "DEPOT_TOKEN", TOKEN))
        .depot("token claim --role viewer --name " + name)
        .ok()
        .strip();
  }

  private void enter(String token) {
    desk.page().getByLabel("Token").fill(token);
    desk.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
  }
}
