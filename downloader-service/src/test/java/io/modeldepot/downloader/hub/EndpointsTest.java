package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hub is the origin here; a mirror of it is preferred. */
class EndpointsTest extends AtTheHub {
  private final FakeHub mirror = FakeHub.start();

  @BeforeEach
  void mirrorTheRepository() {
    mirror.repository(TINY.value()).put(WEIGHTS, weights).put(CONFIG, config).commit("main");
  }

  @AfterEach
  void closeMirror() {
    mirror.close();
  }

  @Test
  void theMirrorIsAskedFirst() {
    RepositoryRevision revision = found(both().revision(TINY, "main", cancel));

    assertThat(revision.endpoint()).isEqualTo(at(mirror));
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void theOriginIsAskedWhenTheMirrorIsDown() {
    mirror.mood(Mood.Refuse.with(503));

    assertThat(found(both().revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(hub));
  }

  @Test
  void theOriginIsAskedWhenNobodyListensAtTheMirror() {
    mirror.close();

    assertThat(found(both().revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(hub));
  }

  @Test
  void theOriginIsAskedForWhatTheMirrorDoesNotHave() {
    hub.repository("org/new").put("a", "a").commit("main");

    assertThat(found(both().revision(RepositoryId.of("org/new"), "main", cancel)).endpoint())
        .isEqualTo(at(hub));
  }

  @Test
  void theOriginIsAskedWhenTheMirrorHasAnotherFile() {
    mirror.repository(TINY.value()).tamper(commit, CONFIG, Content.of("{\"hidden_size\":65}"));

    assertThat(found(read(configBy(both())))).isEqualTo(bytes(config));
  }

  @Test
  void aMirrorThatWasDownIsAskedLastForAWhile() {
    mirror.mood(Mood.Refuse.with(503)).once();
    HubClient client = both();
    RepositoryRevision unused = found(client.revision(TINY, "main", cancel));

    assertThat(found(client.revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(hub));
  }

  @Test
  void aMirrorThatWasDownIsAskedFirstAgainLater() {
    mirror.mood(Mood.Refuse.with(503)).once();
    HubClient client = both();
    RepositoryRevision unused = found(client.revision(TINY, "main", cancel));
    time.move(Duration.ofMinutes(2));

    assertThat(found(client.revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(mirror));
  }

  @Test
  void aMirrorThatWasDownIsStillAskedWhenTheOriginIsDownToo() {
    mirror.mood(Mood.Refuse.with(503)).once();
    HubClient client = both();
    RepositoryRevision unused = found(client.revision(TINY, "main", cancel));
    hub.mood(Mood.Refuse.with(500));

    assertThat(found(client.revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(mirror));
  }

  @Test
  void aMirrorThatLacksSomethingIsNotTakenForDown() {
    HubClient client = both();
    HubFailure unused = failure(client.revision(TINY, "absent", cancel));

    assertThat(found(client.revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(mirror));
  }

  @Test
  void whatTheOriginRefusesIsRefused() {
    mirror.mood(Mood.Refuse.with(503));
    hub.repository(TINY.value()).gate("auto");

    assertThat(failure(read(configBy(both())))).isInstanceOf(HubFailure.Gated.class);
  }

  @Test
  void aMirrorsRefusalDoesNotCountWhileTheOriginIsDown() {
    mirror.mood(Mood.Refuse.with(404, HubHeaders.ERROR_CODE, "RepoNotFound"));
    hub.mood(Mood.Refuse.with(503));

    assertThat(failure(both().revision(TINY, "main", cancel)))
        .isInstanceOf(HubFailure.Unavailable.class);
  }

  @Test
  void aMirrorThatIsAskedAfterTheOriginDoesNotOverruleIt() {
    HubClient client = both();
    mirror.mood(Mood.Refuse.with(503));
    RepositoryRevision unused = found(client.revision(TINY, "main", cancel));

    assertThat(failure(client.revision(TINY, "absent", cancel)))
        .isInstanceOf(HubFailure.RevisionMissing.class);
  }

  @Test
  void aMirrorsRefusalDoesNotCountWhenTheOriginWasAskedFirstAndIsDown() {
    HubClient client = both();
    mirror.mood(Mood.Refuse.with(503)).once();
    RepositoryRevision unused = found(client.revision(TINY, "main", cancel));
    hub.mood(Mood.Refuse.with(500));

    assertThat(failure(client.revision(TINY, "absent", cancel)))
        .isInstanceOf(HubFailure.Unavailable.class);
  }

  @Test
  void aRestThatTheMirrorAsksForIsFilledByTheOrigin() {
    mirror.mood(Mood.Refuse.with(429, HubHeaders.RETRY_AFTER, "60")).once();
    HubClient client = both();
    RepositoryRevision unused = found(client.revision(TINY, "main", cancel));
    mirror.forget();

    assertThat(found(client.revision(TINY, "main", cancel)).endpoint()).isEqualTo(at(hub));
    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void whoHadTheFileIsAskedForTheRestOfIt() {
    mirror.mood(Mood.Refuse.with(404)).onPath("/resolve/").once();
    RemoteFile file = configBy(both());
    byte[] unused = found(file.bytes(new ByteRange(0, 5), cancel));
    mirror.forget();

    byte[] rest = found(file.bytes(new ByteRange(5, 10), cancel));

    assertThat(rest).isEqualTo(bytes(config, 5, 10));
    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void whoHadTheFileIsAskedLastOnceItIsKnownToBeDown() {
    HubClient client = both();
    RemoteFile file = configBy(client);
    byte[] first = found(file.bytes(new ByteRange(0, 5), cancel));
    mirror.mood(Mood.Refuse.with(503));
    RepositoryRevision elsewhere = found(client.revision(TINY, "main", cancel));
    mirror.forget();

    byte[] rest = found(file.bytes(new ByteRange(5, 10), cancel));

    assertThat(first).isEqualTo(bytes(config, 0, 5));
    assertThat(rest).isEqualTo(bytes(config, 5, 10));
    assertThat(elsewhere.endpoint()).isEqualTo(at(hub));
    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void aListingIsReadFromOneEndpointOnly() {
    mirror.pageSize(1);
    mirror.mood(Mood.Refuse.with(500)).onPath("/tree/");

    List<RepositoryFile> files = found(both().files(TINY, commit, cancel));

    assertThat(files).containsExactlyInAnyOrder(weightsFile(), configFile());
  }

  @Test
  void settingsWithoutAnEndpointAreRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> HubSettings.of(List.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private HubClient both() {
    return client(settings(mirror, hub));
  }
}
