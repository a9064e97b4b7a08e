package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IntakeTest extends House {

  @Test
  void theSameCommandTwiceIsOneJob() {
    repository("twice", 10_000).commit("main");
    describe("twice");

    ask("in-twice", "twice");
    done("in-twice");
    ask("in-twice", "twice");
    awaitIntake();

    assertThat(
            ear.all(
                "download-progressed",
                it -> it.text("/requestId").equals("in-twice") && it.text("/state").equals(DONE)))
        .as("the end, and the same again for who may have lost it")
        .hasSize(2)
        .extracting(it -> it.text("/sequence"))
        .containsOnly(done("in-twice").text("/sequence"));
    assertThat(
            ear.all(
                "download-progressed",
                it ->
                    it.text("/requestId").equals("in-twice")
                        && it.text("/state").equals("resolving")))
        .as("the work was done once")
        .hasSizeLessThanOrEqualTo(1);
    assertThat(
            ear.all(
                "download-requested.dead-letter", it -> it.text("/requestId").equals("in-twice")))
        .isEmpty();
  }

  @Test
  void theSameIdForSomethingElseIsADeadLetter() {
    repository("same-id", 10_000).commit("main");
    describe("same-id");
    ask("in-same-id", "same-id");

    ask("in-same-id", "same-id", "\"force\":true");

    Ear.Heard letter = refusal(it -> it.text("/requestId").equals("in-same-id"));
    assertThat(letter.headers()).containsEntry("depot_reason", "duplicate-id");
    assertThat(done("in-same-id").text("/state")).isEqualTo(DONE);
  }

  @Test
  void whatCannotBeReadBecomesADeadLetterAsItWasAndTheNextCommandIsServed() {
    repository("after-garbage", 10_000).commit("main");
    describe("after-garbage");
    byte[] garbage = "{\"model\":".getBytes(StandardCharsets.UTF_8);

    send("download-requested", "some-key", garbage, Map.of("x-mine", "garbage"));
    ask("in-after-garbage", "after-garbage");

    Ear.Heard letter = refusal(it -> "garbage".equals(it.headers().get("x-mine")));
    assertThat(letter.key()).isEqualTo(Optional.of("some-key"));
    assertThat(letter.headers())
        .containsEntry("depot_reason", "unreadable")
        .containsEntry("depot_topic", "download-requested")
        .containsEntry("depot_partition", "0")
        .containsKeys("depot_detail", "depot_offset");
    assertThat(Instant.parse(letter.headers().get("depot_time")))
        .isBefore(Instant.now().plusSeconds(1));
    done("in-after-garbage");
  }

  @Test
  void aRecordWithoutAValueIsADeadLetter() {
    send("download-requested", "in-null", null, Map.of());

    Ear.Heard letter = refusal(it -> it.key().equals(Optional.of("in-null")));
    assertThat(letter.headers()).containsEntry("depot_reason", "unreadable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":\"UPPER\"}",
        "{\"model\":\"../up\"}",
        "{\"model\":\"x\",\"requestId\":\"has space\"}",
        "{\"model\":\"x\",\"requestId\":\"\"}",
        "{\"model\":\"x\",\"priority\":10}",
        "{\"model\":\"x\",\"priority\":\"high\"}",
        "{\"model\":\"x\",\"revision\":\" \"}",
        "{\"model\":\"x\",\"source\":\"import\"}",
        "{\"model\":\"x\",\"source\":\"import\",\"plan\":true,\"from\":\"/x\"}",
        "{\"repository\":\"no-slash\"}",
        "{\"action\":\"cancel\",\"model\":\"x\"}"
      })
  void whatAsksForNothingPossibleIsInvalid(String json) {
    String marker = "invalid " + json;

    send(
        "download-requested",
        null,
        json.getBytes(StandardCharsets.UTF_8),
        Map.of("marker", marker));

    Ear.Heard letter = refusal(it -> marker.equals(it.headers().get("marker")));
    assertThat(letter.headers()).containsEntry("depot_reason", "invalid");
    assertThat(letter.headers().get("depot_detail")).startsWith("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"action\":\"explode\"", "\"profile\":\"huge\"", "\"source\":\"moon\""})
  void aCommandWithAWordOfTheFutureIsNotGuessedAt(String member) {
    ask("{\"model\":\"x\",\"actor\":\"future\"," + member + "}");

    Ear.Heard letter =
        refusal(
            it ->
                it.text("/actor").equals("future")
                    && it.value().orElseThrow().toString().contains(member));
    assertThat(letter.headers()).containsEntry("depot_reason", "unknown-value");
  }

  @Test
  void unknownFieldsAreIgnored() {
    repository("unknown-field", 10_000).commit("main");
    describe("unknown-field");

    ask("in-unknown-field", "unknown-field", "\"colour\":\"green\"");

    done("in-unknown-field");
  }

  @Test
  void aCommandThatIsTooOldIsRecordedAsExpiredAndNotExecuted() {
    repository("too-old", 10_000).commit("main");
    describe("too-old");

    send(
        "download-requested",
        "too-old",
        "{\"requestId\":\"in-too-old\",\"model\":\"too-old\"}".getBytes(StandardCharsets.UTF_8),
        Map.of("depot_maxage", "0"));

    Ear.Heard end = ended("in-too-old");
    assertThat(end.text("/state")).isEqualTo("expired");
    assertThat(end.text("/error/code")).isEqualTo("expired");
    assertThat(
            ear.await("download-failed", it -> it.text("/requestId").equals("in-too-old"))
                .text("/problem/code"))
        .isEqualTo("expired");
    assertThat(hub.requests()).noneMatch(it -> it.path().contains("too-old"));
  }

  @Test
  void anAgeLimitThatIsNoNumberIsInvalid() {
    send(
        "download-requested",
        "in-bad-age",
        "{\"model\":\"x\"}".getBytes(StandardCharsets.UTF_8),
        Map.of("depot_maxage", "soon"));

    assertThat(refusal(it -> it.key().equals(Optional.of("in-bad-age"))).headers())
        .containsEntry("depot_reason", "invalid");
  }

  @Test
  void withoutAnIdOfItsOwnACommandHasThatOfItsEvent() {
    repository("event-id", 10_000).commit("main");
    describe("event-id");

    send(
        "download-requested",
        null,
        "{\"model\":\"event-id\"}".getBytes(StandardCharsets.UTF_8),
        Map.of("ce_id", "in-event-id"));

    done("in-event-id");
  }

  @Test
  void anEventIdOfAnotherFormIsReplacedByADigestOfIt() {
    repository("odd-id", 10_000).commit("main");
    describe("odd-id");
    Map<String, String> headers = Map.of("ce_id", "urn:x:" + "y".repeat(100));
    byte[] json = "{\"model\":\"odd-id\"}".getBytes(StandardCharsets.UTF_8);

    send("download-requested", null, json, headers);
    send("download-requested", null, json, headers);
    awaitIntake();

    assertThat(endedModel("odd-id").text("/requestId")).matches("h-[A-Z2-7]{16}");
    assertThat(ear.all("download-progressed", it -> it.text("/model").equals("odd-id")))
        .extracting(it -> it.text("/requestId"))
        .containsOnly(endedModel("odd-id").text("/requestId"));
  }

  @Test
  void aCommandForAnotherLocationIsPassedOver() {
    repository("elsewhere", 10_000).commit("main");
    describe("elsewhere");

    ask("in-elsewhere", "elsewhere", "\"location\":\"far-away\"");
    awaitIntake();

    assertThat(root.resolve("downloads/in-elsewhere.json")).doesNotExist();
  }

  @Test
  void aRepositoryThatTheCatalogDoesNotKnowYetWaitsForItsEntryAndThenGoesOn() {
    repository("later-model", 10_000).commit("main");

    ask("{\"requestId\":\"in-later\",\"repository\":\"org/later-model\"}");
    assertThat(reached("in-later", "waiting").text("/waitingFor")).isEqualTo("catalog");
    describe("later-model");

    assertThat(done("in-later").text("/model")).isEqualTo("later-model");
  }

  @Test
  void aModelThatTheCatalogNeverDescribesIsUnknownInTheEnd() {
    ask("in-never", "never-described");

    Ear.Heard fact = failed("in-never");
    assertThat(fact.text("/problem/code")).isEqualTo("unknown-model");
    assertThat(fact.value().orElseThrow().at("/problem/remedies").size()).isPositive();
  }

  @Test
  void cancellingWhatNobodyAskedForChangesNothing() {
    cancel("in-nobody");
    awaitIntake();

    assertThat(root.resolve("downloads/in-nobody.cancel")).doesNotExist();
  }
}
