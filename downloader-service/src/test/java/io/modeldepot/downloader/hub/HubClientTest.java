package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.NextPage;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubClientTest extends AtTheHub {

  @Test
  void aBranchStandsForItsCommit() {
    RepositoryRevision revision = found(client().revision(TINY, "main", cancel));

    assertThat(revision.commit()).isEqualTo(commit);
  }

  @Test
  void aCommitStandsForItself() {
    hub.repository(TINY.value()).put("more.txt", "more").commit("main");

    RepositoryRevision revision = found(client().revision(TINY, commit.value(), cancel));

    assertThat(revision.commit()).isEqualTo(commit);
  }

  @Test
  void aBranchWithASlashIsOneRevision() {
    CommitId other = hub.repository(TINY.value()).put("a", "a").commit("refs/pr/1");

    RepositoryRevision revision = found(client().revision(TINY, "refs/pr/1", cancel));

    assertThat(revision.commit()).isEqualTo(other);
  }

  @Test
  void theHubSaysLicenceAndGate() {
    hub.repository(TINY.value()).license("llama2").gate("manual");

    RepositoryRevision revision = found(client().revision(TINY, "main", cancel));

    assertThat(List.of(revision.licence(), revision.gated()))
        .containsExactly(Optional.of("llama2"), Optional.of("manual"));
  }

  @Test
  void anOpenRepositoryHasNoGate() {
    assertThat(found(client().revision(TINY, "main", cancel)).gated()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void aRevisionThatWouldChangeTheAddressIsNotAsked(String revision) {
    HubFailure failure = failure(client().revision(TINY, revision, cancel));

    assertThat(failure).isInstanceOf(HubFailure.BadName.class);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void filesAreListedWithSizeAndTheDigestThatTheHubStates() {
    List<RepositoryFile> files = found(client().files(TINY, commit, cancel));

    assertThat(files).containsExactlyInAnyOrder(weightsFile(), configFile());
  }

  @Test
  void aListingOfManyPagesIsReadToItsEnd() {
    hub.pageSize(7);
    IntStream.range(0, 40)
        .forEach(i -> hub.repository("org/many").put("file-" + i, Content.of("" + i)));
    CommitId many = hub.repository("org/many").commit("main");

    List<RepositoryFile> files = found(client().files(RepositoryId.of("org/many"), many, cancel));

    assertThat(files)
        .extracting(RepositoryFile::path)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40).mapToObj(i -> "file-" + i).toList());
    assertThat(hub.requests()).hasSize(6);
  }

  @Test
  void aListingThatIsLongerThanAManifestIsRefused() {
    HubSettings standard = settings(hub);
    HubClient client =
        client(
            new HubSettings(
                standard.endpoints(),
                standard.token(),
                standard.siteToken(),
                standard.connectTimeout(),
                standard.stallTimeout(),
                standard.endpointPenalty(),
                1,
                standard.userAgent(),
                time));

    assertThat(failure(client.files(TINY, commit, cancel))).isInstanceOf(HubFailure.TooLarge.class);
  }

  @Test
  void thePagesOfAMirrorAreReadAtTheMirrorEvenIfItsLinksNameTheOrigin() throws Exception {
    HttpServer mirror = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 5);
    mirror.createContext("/", HubClientTest::answerAPageOfTheOrigin);
    mirror.start();
    try {
      HubClient client =
          client(
              HubSettings.of(
                  List.of(Endpoint.of("http://127.0.0.1:" + mirror.getAddress().getPort())),
                  Optional.empty()));

      List<RepositoryFile> files = found(client.files(TINY, commit, cancel));

      assertThat(files).extracting(RepositoryFile::path).containsExactly("first", "second");
    } finally {
      mirror.stop(0);
    }
  }

  private static void answerAPageOfTheOrigin(HttpExchange exchange) throws IOException {
    boolean first = !exchange.getRequestURI().getQuery().contains("cursor");
    if (first) {
      exchange
          .getResponseHeaders()
          .set(
              HubHeaders.LINK,
              NextPage.header(
                  URI.create("https://origin.invalid" + exchange.getRequestURI() + "&cursor=1")));
    }
    byte[] page =
        HubJson.write(List.of(TreeEntry.regular(first ? "first" : "second", 1, "0".repeat(40))));
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  @Test
  void aHeadSaysCommitDigestAndSizeOfALargeFile() {
    FileMetadata metadata = found(client().metadata(TINY, "main", WEIGHTS, cancel));

    assertThat(metadata)
        .isEqualTo(
            new FileMetadata(commit, weights.sha256().value(), weights.sizeBytes(), at(hub)));
  }

  @Test
  void aHeadSaysCommitDigestAndSizeOfASmallFile() {
    FileMetadata metadata = found(client().metadata(TINY, "main", CONFIG, cancel));

    assertThat(metadata)
        .isEqualTo(new FileMetadata(commit, config.gitSha1().value(), config.sizeBytes(), at(hub)));
  }

  @Test
  void aHeadReadsNoByteOfTheFile() {
    FileMetadata unused = found(client().metadata(TINY, "main", WEIGHTS, cancel));

    assertThat(hub.bytesServed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {HubHeaders.REPO_COMMIT, HubHeaders.LINKED_ETAG, HubHeaders.LINKED_SIZE})
  void aHeadOfALargeFileWithoutOneOfItsHeadersIsNoAnswer(String missing) {
    hub.mood(new Mood.Omit(Set.of(missing)));

    assertThat(failure(client().metadata(TINY, "main", WEIGHTS, cancel)))
        .isInstanceOf(HubFailure.Inconsistent.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {HubHeaders.REPO_COMMIT, HubHeaders.ETAG})
  void aHeadOfASmallFileWithoutOneOfItsHeadersIsNoAnswer(String missing) {
    hub.mood(new Mood.Omit(Set.of(missing)));

    assertThat(failure(client().metadata(TINY, "main", CONFIG, cancel)))
        .isInstanceOf(HubFailure.Inconsistent.class);
  }

  @Test
  void aRedirectWithoutAPlaceToGoIsNoAnswer() {
    hub.mood(new Mood.Omit(Set.of(HubHeaders.LOCATION))).atHub();

    assertThat(failure(client().metadata(TINY, "main", WEIGHTS, cancel)))
        .isInstanceOf(HubFailure.Unavailable.class);
  }

  @Test
  void aRepositoryThatMovedIsFollowedWithinTheHub() {
    hub.mood(new Mood.Redirect(URI.create("/api/models/org/tiny/revision/main")))
        .onPath("/org/old-name/");

    RepositoryRevision revision =
        found(client().revision(RepositoryId.of("org/old-name"), "main", cancel));

    assertThat(revision.commit()).isEqualTo(commit);
  }

  @Test
  void redirectsInACircleEnd() {
    hub.mood(new Mood.Redirect(URI.create("/api/models/org/tiny/revision/main"))).atHub();

    assertThat(failure(client().revision(TINY, "main", cancel)))
        .isInstanceOf(HubFailure.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../api/whoami", "a/../b", "a//b", "/etc/passwd", "a/."})
  void aPathThatWouldChangeTheAddressIsNotAsked(String path) {
    HubFailure failure = failure(client().metadata(TINY, "main", path, cancel));

    assertThat(failure).isInstanceOf(HubFailure.BadName.class);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aCancelledQuestionIsNotAsked() {
    cancel.cancel();

    assertThat(failure(client().revision(TINY, "main", cancel)))
        .isInstanceOf(HubFailure.Cancelled.class);
    assertThat(hub.requests()).isEmpty();
  }
}
