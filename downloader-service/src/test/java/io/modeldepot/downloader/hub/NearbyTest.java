package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that mirrors of this site have. */
class NearbyTest extends AtTheHub {
  private static final String SITE = "depot-site-token";

  private final FakeHub near = FakeHub.start();
  private final FakeHub other = FakeHub.start();

  @BeforeEach
  void bothHaveIt() {
    for (FakeHub mirror : List.of(near, other)) {
      mirror.repository(TINY.value()).put(WEIGHTS, weights).put(CONFIG, config).commit("main");
    }
  }

  @AfterEach
  void closeMirrors() {
    near.close();
    other.close();
  }

  @Test
  void itIsFetchedThereAndTheHubIsNotAsked() {
    RemoteFile file = weightsAt(Optional.of(TINY), near);

    assertThat(found(read(file))).isEqualTo(bytes(weights));
    assertThat(hub.requests()).isEmpty();
    assertThat(file.nearUsed()).containsExactly(under(near));
  }

  @Test
  void theHubsTokenStaysAtTheHubAndTheSitesOnTheSite() {
    near.know(SITE);
    HubClient client =
        client(
            HubSettings.of(List.of(at(hub)), Optional.of(HubToken.of(TOKEN)))
                .withSiteToken(TokenSource.of(Optional.of(HubToken.of(SITE)))));
    near.mood(Mood.Refuse.with(404)).onPath(CONFIG);

    RemoteFile there = client.file(Optional.of(TINY), commit, weightsFile(), mirrors(near));
    byte[] unused = found(read(there));
    byte[] unusedToo =
        found(read(client.file(Optional.of(TINY), commit, configFile(), mirrors(near))));

    // A token that one does not know is refused by it, and then it is not used.
    assertThat(there.nearUsed()).containsExactly(under(near));
    assertThat(near.requests()).anyMatch(HubRequest::authorization);
    assertThat(hub.requests()).isNotEmpty().allMatch(HubRequest::authorization);
  }

  @Test
  void withoutATokenOfTheSiteNothingIsToldToItsMirrors() {
    HubClient client = clientWithToken();

    byte[] unused =
        found(read(client.file(Optional.of(TINY), commit, weightsFile(), mirrors(near))));

    assertThat(near.requests()).isNotEmpty().noneMatch(HubRequest::authorization);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void whoHasItNotOrIsDownIsPassedOverForTheNextAndForTheHub() {
    near.mood(Mood.Refuse.with(404));
    assertThat(found(read(weightsAt(Optional.of(TINY), near, other)))).isEqualTo(bytes(weights));

    other.mood(Mood.Refuse.with(503));
    RemoteFile file = weightsAt(Optional.of(TINY), near, other);

    assertThat(found(read(file))).isEqualTo(bytes(weights));
    assertThat(file.nearUsed()).isEmpty();
    assertThat(hub.requests()).isNotEmpty();
  }

  @Test
  void whatIsAtNoHubIsWaitedForWhenNobodyHasIt() {
    assertThat(found(read(weightsAt(Optional.empty(), near)))).isEqualTo(bytes(weights));

    HubFailure nobody = failure(read(weightsAt(Optional.empty())));

    assertThat(nobody.isTransient()).isTrue();
    assertThat(nobody.detail()).contains("No other location");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void rangesGoRoundAmongThem() {
    RemoteFile file = weightsAt(Optional.of(TINY), near, other);
    for (int part = 0; part < 4; part++) {
      ByteRange range = new ByteRange(part * 25_000L, (part + 1) * 25_000L);
      assertThat(found(file.bytes(range, cancel)))
          .isEqualTo(bytes(weights, range.from(), range.to()));
    }

    assertThat(near.requests()).hasSameSizeAs(other.requests());
    assertThat(file.nearUsed()).containsExactlyInAnyOrder(under(near), under(other));
  }

  private RemoteFile weightsAt(Optional<RepositoryId> repository, FakeHub... mirrors) {
    return client().file(repository, commit, weightsFile(), mirrors(mirrors));
  }

  private static Nearby mirrors(FakeHub... mirrors) {
    List<Endpoint> endpoints = List.of(mirrors).stream().map(NearbyTest::under).toList();
    return new Nearby("tiny", () -> endpoints);
  }

  /** A catalog name stands alone in an address, the hub's names have two parts. */
  private static Endpoint under(FakeHub mirror) {
    return new Endpoint(URI.create(mirror.url() + "/org"));
  }
}
