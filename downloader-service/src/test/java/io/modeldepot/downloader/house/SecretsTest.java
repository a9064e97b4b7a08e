package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The token goes to the hub and nowhere else; {@link Promises} look for it after every test. */
@QuarkusTest
class SecretsTest extends House {

  private void assertTokenStayedAtTheHub() {
    assertThat(hub.requests())
        .filteredOn(it -> it.host().equals("hub"))
        .allMatch(HubRequest::authorization);
    assertThat(hub.requests())
        .filteredOn(it -> it.host().equals("cdn"))
        .isNotEmpty()
        .noneMatch(HubRequest::authorization);
  }

  @Test
  void theTokenOpensAGateAndDoesNotGoOnToTheContentNetwork() {
    repository("for-friends", 2 << 20).gate("manual").grant(World.TOKEN).hide().commit("main");
    describe("for-friends");

    ask("se-friends", "for-friends");

    assertThat(done("se-friends").number("/fetchedBytes")).isPositive();
    assertTokenStayedAtTheHub();
  }

  @Test
  void aRedirectOfASmallFileToAnotherHostCarriesNoToken() {
    CommitId commit = repository("redirected", 10_000).commit("main");
    describe("redirected");
    URI elsewhere =
        URI.create(
            hub.contentUrl()
                + "/org/redirected/"
                + commit
                + "/README.md?signature="
                + Long.MAX_VALUE);
    hub.mood(new Mood.Redirect(elsewhere)).onPath("redirected/resolve.*README");

    ask("se-redirected", "redirected");

    assertThat(done("se-redirected").text("/commit")).isEqualTo(commit.value());
    assertThat(hub.requests())
        .anyMatch(it -> it.host().equals("cdn") && it.path().contains("README"));
    assertTokenStayedAtTheHub();
  }

  @Test
  void aQuestionThatIsRedirectedToAnotherHostIsNotAskedThere() {
    repository("led-astray", 10_000).commit("main");
    describe("led-astray");
    hub.mood(new Mood.Redirect(URI.create(hub.contentUrl() + "/steal"))).onPath("api.*led-astray");

    ask("se-astray", "led-astray");

    assertThat(failed("se-astray").text("/problem/code")).isEqualTo("hub-inconsistent");
    assertThat(hub.requests()).noneMatch(it -> it.host().equals("cdn"));
  }

  @Test
  void aTransferThatFailsAtASignedAddressDoesNotTellTheAddress() {
    repository("unsigned", 10_000).commit("main");
    describe("unsigned");
    hub.mood(Mood.Refuse.with(410)).onPath("unsigned.*tensors").atContentNetwork();

    ask("se-unsigned", "unsigned");

    Ear.Heard waiting = reached("se-unsigned", "waiting");
    assertThat(waiting.text("/error/code")).isEqualTo("hub-unreachable");
    assertThat(waiting.toString()).doesNotContain("?", "signature");
    cancel("se-unsigned");
    assertThat(ended("se-unsigned").text("/state")).isEqualTo("cancelled");
  }
}
