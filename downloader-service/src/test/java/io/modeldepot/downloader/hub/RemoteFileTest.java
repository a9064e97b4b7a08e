package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemoteFileTest extends AtTheHub {
  private static final ByteRange SOME = new ByteRange(10_000, 20_000);

  @Test
  void aWholeFileIsWhatWasPut() {
    assertThat(found(read(weightsBy(client())))).isEqualTo(bytes(weights));
  }

  @Test
  void aRangeIsThatPartOfTheFile() {
    assertThat(found(weightsBy(client()).bytes(SOME, cancel)))
        .isEqualTo(bytes(weights, 10_000, 20_000));
  }

  @Test
  void aRangeOfTheLastByteIsThatByte() {
    assertThat(found(weightsBy(client()).bytes(new ByteRange(99_999, 100_000), cancel)))
        .isEqualTo(bytes(weights, 99_999, 100_000));
  }

  @Test
  void theAddressOfTheFirstRangeServesTheNext() {
    RemoteFile file = weightsBy(client());
    byte[] unused = found(file.bytes(SOME, cancel));
    hub.forget();

    byte[] next = found(file.bytes(new ByteRange(0, 10), cancel));

    assertThat(next).isEqualTo(bytes(weights, 0, 10));
    assertThat(hub.requests()).extracting(HubRequest::host).containsExactly("cdn");
  }

  @Test
  void anAddressThatExpiredIsAskedForAgain() {
    RemoteFile file = weightsBy(client());
    byte[] unused = found(file.bytes(SOME, cancel));
    hub.expireAddresses();
    hub.forget();

    byte[] again = found(file.bytes(SOME, cancel));

    assertThat(again).isEqualTo(bytes(weights, 10_000, 20_000));
    assertThat(hub.requests()).extracting(HubRequest::host).containsExactly("cdn", "hub", "cdn");
  }

  @Test
  void storageThatRefusesEvenAFreshAddressIsTriedLater() {
    hub.mood(Mood.Refuse.with(403)).atContentNetwork();

    assertThat(failure(read(weightsBy(client())))).isInstanceOf(HubFailure.Unavailable.class);
  }

  @Test
  void anAddressWhoseHostIsDownIsAskedForAgain() {
    RemoteFile file = weightsBy(client());
    byte[] first = found(file.bytes(SOME, cancel));
    hub.mood(Mood.Refuse.with(503)).atContentNetwork().once();
    HubFailure down = failure(file.bytes(SOME, cancel));
    hub.forget();

    byte[] again = found(file.bytes(SOME, cancel));

    assertThat(again).isEqualTo(first);
    assertThat(down.isTransient()).isTrue();
    assertThat(hub.requests()).extracting(HubRequest::host).containsExactly("hub", "cdn");
  }

  @Test
  void aHubThatIgnoresTheRangeIsSaidToSendEverything() {
    hub.mood(new Mood.IgnoreRange());

    try (HubBody body = found(weightsBy(client()).open(SOME, cancel))) {
      assertThat(body.rangeIgnored()).isTrue();
      assertThat(body.offset()).isZero();
    }
  }

  @Test
  void aPartIsFoundInTheWholeFileThatCameInstead() {
    hub.mood(new Mood.IgnoreRange());

    assertThat(found(weightsBy(client()).bytes(SOME, cancel)))
        .isEqualTo(bytes(weights, 10_000, 20_000));
  }

  @Test
  void aBodyThatWasCompressedAllTheSameIsUnderstood() {
    hub.mood(new Mood.Gzip());

    assertThat(found(weightsBy(client()).bytes(SOME, cancel)))
        .isEqualTo(bytes(weights, 10_000, 20_000));
  }

  @Test
  void aBodyThatEndsEarlyIsNoBody() {
    hub.mood(new Mood.Truncate(500));

    HubFailure failure = failure(weightsBy(client()).bytes(SOME, cancel));

    assertThat(failure.isTransient()).isTrue();
    assertThat(failure.detail()).contains("ended early");
  }

  @Test
  void aBodyOfTooShortALengthIsNoBody() {
    hub.mood(new Mood.ShortLength(500));

    assertThat(failure(weightsBy(client()).bytes(SOME, cancel)).detail()).contains("ended early");
  }

  @Test
  void aLargeFileThatIsAnotherNowHasChanged() {
    hub.repository(TINY.value()).tamper(commit, WEIGHTS, Content.random(2, 100_000));

    HubFailure failure = failure(read(weightsBy(client())));

    assertThat(failure).isInstanceOf(HubFailure.Changed.class);
    assertThat(((HubFailure.Changed) failure).expected()).isEqualTo(weights.sha256().value());
  }

  @Test
  void aSmallFileThatIsAnotherNowHasChanged() {
    hub.repository(TINY.value()).tamper(commit, CONFIG, Content.of("{\"hidden_size\":65}"));

    assertThat(failure(read(configBy(client())))).isInstanceOf(HubFailure.Changed.class);
  }

  @Test
  void aLargeFileThatChangesBehindAKnownAddressHasChanged() {
    RemoteFile file = weightsBy(client());
    byte[] unused = found(file.bytes(SOME, cancel));
    hub.repository(TINY.value()).tamper(commit, WEIGHTS, Content.random(2, 100_000));

    assertThat(failure(file.bytes(SOME, cancel))).isInstanceOf(HubFailure.Changed.class);
  }

  @Test
  void aFileThatBecameShorterHasChanged() {
    hub.repository(TINY.value()).tamper(commit, WEIGHTS, Content.random(2, 15_000));
    hub.mood(new Mood.Omit(Set.of(HubHeaders.LINKED_ETAG, HubHeaders.LINKED_SIZE, "ETag")));

    assertThat(failure(weightsBy(client()).bytes(new ByteRange(50_000, 60_000), cancel)))
        .isInstanceOf(HubFailure.Changed.class);
  }

  @Test
  void aFileThatBecameLongerHasChangedEvenWithoutTags() {
    hub.repository(TINY.value()).tamper(commit, WEIGHTS, Content.random(2, 200_000));
    hub.mood(new Mood.Omit(Set.of(HubHeaders.LINKED_ETAG, HubHeaders.LINKED_SIZE, "ETag")));

    assertThat(failure(weightsBy(client()).bytes(SOME, cancel)))
        .isInstanceOf(HubFailure.Changed.class);
  }

  @Test
  void aFileThatTheHubListsWithoutADigestIsReadAsItIs() {
    RepositoryFile bare =
        new RepositoryFile(WEIGHTS, weights.sizeBytes(), Optional.empty(), Optional.empty());

    assertThat(found(read(client().file(TINY, commit, bare)))).isEqualTo(bytes(weights));
  }

  @Test
  void aFileWithoutADigestMayNotChangeItsTagWhileItIsRead() {
    RepositoryFile bare =
        new RepositoryFile(CONFIG, config.sizeBytes(), Optional.empty(), Optional.empty());
    RemoteFile file = client().file(TINY, commit, bare);
    byte[] unused = found(file.bytes(new ByteRange(0, 5), cancel));
    hub.repository(TINY.value()).tamper(commit, CONFIG, Content.of("{\"hidden_size\":65}"));

    assertThat(failure(file.bytes(new ByteRange(5, 10), cancel)))
        .isInstanceOf(HubFailure.Changed.class);
  }

  @Test
  void anAnswerForAnotherCommitIsNoAnswer() {
    hub.mood(
            new Mood.Redirect(
                java.net.URI.create(
                    "/org/tiny/resolve/%s/config.json"
                        .formatted(hub.repository(TINY.value()).put("b", "b").commit("next")))))
        .onPath(commit.value());

    assertThat(failure(read(configBy(client())))).isInstanceOf(HubFailure.Inconsistent.class);
  }

  @Test
  void noBytesAreNoQuestion() {
    assertThat(found(weightsBy(client()).bytes(new ByteRange(5, 5), cancel))).isEmpty();
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void bytesBeyondTheEndAreAFaultOfTheCaller() {
    RemoteFile file = weightsBy(client());

    assertThatThrownBy(() -> file.open(new ByteRange(0, 100_001), cancel))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameThatWouldChangeTheAddressIsNotAsked() {
    RepositoryFile hostile =
        new RepositoryFile("../../../api/whoami", 10, Optional.empty(), Optional.empty());

    assertThat(failure(read(client().file(TINY, commit, hostile))))
        .isInstanceOf(HubFailure.BadName.class);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aNameWithCharactersThatMeanSomethingInAddressesIsRead() {
    for (String name :
        List.of("a b.txt", "50%25.txt", "q?x=1#y.txt", "über/模型😀.txt", "a+b&c.txt")) {
      Content content = Content.of(name);
      var other = hub.repository(TINY.value()).put(name, content).commit("odd");

      byte[] read =
          found(
              read(
                  client()
                      .file(
                          TINY,
                          other,
                          new RepositoryFile(
                              name,
                              content.sizeBytes(),
                              Optional.empty(),
                              Optional.of(content.gitSha1())))));

      assertThat(read).as(name).isEqualTo(bytes(content));
    }
  }
}
