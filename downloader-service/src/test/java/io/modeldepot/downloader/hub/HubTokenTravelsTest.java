package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTokenTravelsTest extends AtTheHub {

  @Test
  void theTokenGoesToTheHub() {
    byte[] unused = found(read(weightsBy(clientWithToken())));

    assertThat(at("hub")).isNotEmpty().allMatch(HubRequest::authorization);
  }

  @Test
  void theTokenDoesNotGoToTheContentNetwork() {
    byte[] unused = found(read(weightsBy(clientWithToken())));

    assertThat(at("cdn")).isNotEmpty().noneMatch(HubRequest::authorization);
  }

  @Test
  void theTokenGoesAlongWithARedirectThatStaysAtTheHub() {
    hub.repository(TINY.value()).gate("auto").grant(TOKEN);
    hub.mood(
            new Mood.Redirect(
                URI.create("/org/tiny/resolve/%s/config.json?download=true".formatted(commit))))
        .onPath("/resolve/")
        .once();

    byte[] content = found(read(configBy(clientWithToken())));

    assertThat(content).isEqualTo(bytes(config));
    assertThat(at("hub")).hasSize(2).allMatch(HubRequest::authorization);
  }

  @Test
  void aTokenThatLeftIsNotSentWhenTheChainComesBack() {
    hub.mood(new Mood.Redirect(hub.url().resolve("/back"))).atContentNetwork().once();
    hub.mood(Mood.Refuse.with(404)).onPath("^/back$");

    HubFailure unused = failure(read(weightsBy(clientWithToken())));

    assertThat(hub.requests())
        .filteredOn(request -> request.path().equals("/back"))
        .hasSize(1)
        .noneMatch(HubRequest::authorization);
  }

  @Test
  void theTokenDoesNotGoToAnotherPortOfTheSameHost() {
    try (FakeHub other = FakeHub.start().know(TOKEN)) {
      other.repository(TINY.value()).put(WEIGHTS, weights).put(CONFIG, config).commit("main");
      hub.mood(
              new Mood.Redirect(
                  other.url().resolve("/org/tiny/resolve/%s/config.json".formatted(commit))))
          .onPath("/resolve/");

      byte[] unused = found(read(configBy(clientWithToken())));

      assertThat(other.requests()).hasSize(1).noneMatch(HubRequest::authorization);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 416, 429, 500})
  void noFailureRepeatsATokenOrTheQueryOfASignedAddress(int status) {
    hub.mood(Mood.Refuse.with(status)).atContentNetwork();

    HubFailure failure = failure(read(weightsBy(clientWithToken())));

    assertThat(failure.toString() + failure.problem()).doesNotContain("secret", "signature");
  }

  @Test
  void noFailureOfTheConnectionRepeatsTheQueryOfASignedAddress() {
    hub.mood(
            new Mood.Redirect(
                URI.create("http://127.0.0.1:1/org/tiny?signature=secret&token=" + TOKEN)))
        .onPath("/resolve/");

    HubFailure failure = failure(read(weightsBy(clientWithToken())));

    assertThat(failure).isInstanceOf(HubFailure.Unavailable.class);
    assertThat(failure.toString() + failure.problem()).doesNotContain("secret", "signature");
  }

  @Test
  void everyEndpointOfTheListIsGivenTheToken() {
    try (FakeHub mirror = FakeHub.start().know(TOKEN)) {
      mirror.mood(Mood.Refuse.with(503));
      HubClient client =
          client(HubSettings.of(List.of(at(mirror), at(hub)), Optional.of(HubToken.of(TOKEN))));

      byte[] unused = found(read(configBy(client)));

      assertThat(List.of(mirror.requests().getFirst(), hub.requests().getFirst()))
          .allMatch(HubRequest::authorization);
    }
  }

  private List<HubRequest> at(String host) {
    return hub.requests().stream().filter(request -> request.host().equals(host)).toList();
  }
}
