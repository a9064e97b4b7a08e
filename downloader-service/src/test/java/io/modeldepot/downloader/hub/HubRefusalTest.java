package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.testkit.hub.Mood;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubRefusalTest extends AtTheHub {
  private static final RepositoryId NOBODY = RepositoryId.of("org/nobody");

  @Test
  void aRepositoryThatIsNotThereIsMissing() {
    assertThat(failure(client().revision(NOBODY, "main", cancel)))
        .isInstanceOf(HubFailure.RepositoryMissing.class);
  }

  @Test
  void aHiddenRepositoryIsMissingForWhoMayNotKnow() {
    hub.repository(TINY.value()).hide();

    assertThat(failure(clientWithToken().revision(TINY, "main", cancel)))
        .isInstanceOf(HubFailure.RepositoryMissing.class);
  }

  @Test
  void aRevisionThatIsNotThereIsMissing() {
    assertThat(failure(client().revision(TINY, "next", cancel)))
        .isInstanceOf(HubFailure.RevisionMissing.class);
  }

  @Test
  void theListingOfACommitThatIsNotThereIsAMissingRevision() {
    assertThat(failure(client().files(TINY, CommitId.of("0".repeat(40)), cancel)))
        .isInstanceOf(HubFailure.RevisionMissing.class);
  }

  @Test
  void aFileThatTheCommitDoesNotHaveIsMissing() {
    assertThat(failure(client().metadata(TINY, "main", "absent.txt", cancel)))
        .isInstanceOf(HubFailure.FileMissing.class);
  }

  @Test
  void aDisabledRepositoryIsDisabled() {
    hub.repository(TINY.value()).disable();

    assertThat(failure(client().revision(TINY, "main", cancel)))
        .isInstanceOf(HubFailure.Disabled.class);
  }

  @Test
  void aGateIsToldToTheAnonymous() {
    hub.repository(TINY.value()).gate("auto");

    HubFailure failure = failure(client().access(TINY, cancel));

    assertThat(failure).isInstanceOf(HubFailure.Gated.class);
    assertThat(failure.evidence().httpStatus()).contains(401);
  }

  @Test
  void aGateIsToldToATokenWithoutAccess() {
    hub.repository(TINY.value()).gate("auto");

    HubFailure failure = failure(clientWithToken().access(TINY, cancel));

    assertThat(failure).isInstanceOf(HubFailure.Gated.class);
    assertThat(failure.evidence().httpStatus()).contains(403);
  }

  @Test
  void aGateIsOpenForAGrantedToken() {
    hub.repository(TINY.value()).gate("auto").grant(TOKEN);

    assertThat(found(clientWithToken().access(TINY, cancel))).isEqualTo(Access.GRANTED);
  }

  @Test
  void aFileBehindTheGateIsGatedToo() {
    hub.repository(TINY.value()).gate("auto");

    assertThat(failure(read(weightsBy(client())))).isInstanceOf(HubFailure.Gated.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 501})
  void aMirrorThatDoesNotKnowTheQuestionLeavesAccessOpen(int status) {
    hub.mood(Mood.Refuse.with(status)).onPath("/auth-check");

    assertThat(found(client().access(TINY, cancel))).isEqualTo(Access.UNKNOWN);
  }

  @Test
  void aMissingRepositoryIsNotTakenForAMirrorThatDoesNotKnowTheQuestion() {
    assertThat(failure(clientWithToken().access(NOBODY, cancel)))
        .isInstanceOf(HubFailure.RepositoryMissing.class);
  }

  @Test
  void aBare401WithoutATokenSaysThatItMayBeMissingPrivateOrGated() {
    hub.mood(Mood.Refuse.with(401));

    HubFailure failure = failure(client().revision(TINY, "main", cancel));

    assertThat(failure).isInstanceOf(HubFailure.Unauthorized.class);
    assertThat(failure.detail()).contains("missing, private or gated");
  }

  @Test
  void aBare401WithATokenSaysThatTheTokenDoesNotOpenIt() {
    hub.mood(Mood.Refuse.with(401));

    HubFailure failure = failure(clientWithToken().revision(TINY, "main", cancel));

    assertThat(failure.detail()).startsWith("The token does not open");
  }

  @Test
  void aTokenThatTheHubDoesNotKnowIsSaidToBeBad() {
    HubClient client =
        client(HubSettings.of(java.util.List.of(at(hub)), Optional.of(HubToken.of("hf_unknown"))));

    HubFailure failure = failure(client.revision(TINY, "main", cancel));

    assertThat(failure).isInstanceOf(HubFailure.Unauthorized.class);
    assertThat(failure.detail()).isEqualTo("The hub does not accept the token.");
  }

  @ParameterizedTest
  @CsvSource({
    "401, RepoNotFound, REPOSITORY_NOT_FOUND",
    "404, RepoNotFound, REPOSITORY_NOT_FOUND",
    "404, RevisionNotFound, REVISION_NOT_FOUND",
    "404, EntryNotFound, HUB_INCONSISTENT",
    "403, GatedRepo, GATED",
    "401, GatedRepo, GATED",
    "403, Whatever, FORBIDDEN",
    "401, Whatever, UNAUTHORIZED",
    "418, Whatever, HUB_INCONSISTENT",
    "400, Whatever, HUB_INCONSISTENT"
  })
  void theCodeSaysMoreThanTheStatus(int status, String code, ProblemCode meaning) {
    hub.mood(Mood.Refuse.with(status, HubHeaders.ERROR_CODE, code));

    assertThat(failure(read(weightsBy(client()))).code()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504, 599})
  void aHubThatIsDownIsWorthATryLater(int status) {
    hub.mood(Mood.Refuse.with(status));

    HubFailure failure = failure(client().revision(TINY, "main", cancel));

    assertThat(failure).isInstanceOf(HubFailure.Unavailable.class);
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void aHubThatIsDownForAWhileSaysForHowLong() {
    hub.mood(Mood.Refuse.with(503, HubHeaders.RETRY_AFTER, "17"));

    assertThat(failure(client().revision(TINY, "main", cancel)).retryAfter())
        .contains(Duration.ofSeconds(17));
  }

  @Test
  void aSpentBudgetIsWaitedForOneSecondLongerThanItsWindow() {
    hub.mood(
        new Mood.Refuse(
            429, Map.of(HubHeaders.RATE_LIMIT, "\"api\";r=0;t=41", HubHeaders.RETRY_AFTER, "3")));

    assertThat(failure(client().revision(TINY, "main", cancel)).retryAfter())
        .contains(Duration.ofSeconds(42));
  }

  @Test
  void withoutABudgetRetryAfterCounts() {
    hub.mood(Mood.Refuse.with(429, HubHeaders.RETRY_AFTER, "3"));

    assertThat(failure(client().revision(TINY, "main", cancel)).retryAfter())
        .contains(Duration.ofSeconds(3));
  }

  @Test
  void a429WithoutATimeRestsForASecond() {
    hub.mood(Mood.Refuse.with(429));

    HubFailure failure = failure(client().revision(TINY, "main", cancel));

    assertThat(failure).isInstanceOf(HubFailure.RateLimited.class);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void aHubThatAskedForARestIsNotAskedMeanwhile() {
    hub.mood(Mood.Refuse.with(429, HubHeaders.RETRY_AFTER, "10")).once();
    HubClient client = client();
    HubFailure first = failure(client.revision(TINY, "main", cancel));
    hub.forget();
    time.move(Duration.ofSeconds(4));

    HubFailure second = failure(client.revision(TINY, "main", cancel));

    assertThat(hub.requests()).isEmpty();
    assertThat(second.retryAfter()).contains(Duration.ofSeconds(6));
    assertThat(second).hasSameClassAs(first);
  }

  @Test
  void afterItsRestAHubIsAskedAgain() {
    hub.mood(Mood.Refuse.with(429, HubHeaders.RETRY_AFTER, "10")).once();
    HubClient client = client();
    HubFailure unused = failure(client.revision(TINY, "main", cancel));
    time.move(Duration.ofSeconds(10));

    assertThat(found(client.revision(TINY, "main", cancel)).commit()).isEqualTo(commit);
  }

  @Test
  void aCodeThatIsNoWordIsNotRepeated() {
    hub.mood(Mood.Refuse.with(403, HubHeaders.ERROR_CODE, "https://signed.invalid/?sig=abc"));

    assertThat(failure(client().revision(TINY, "main", cancel)).evidence().hubErrorCode())
        .contains("unknown");
  }
}
