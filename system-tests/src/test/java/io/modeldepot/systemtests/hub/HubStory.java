package io.modeldepot.systemtests.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.HubRequest;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.hub.MoodRule;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.volume.StoreInvariants;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One depot with a token, one model a mood; what the token left behind is looked for last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TOKEN = "hf_NobodyMayEverReadThis0123456789";
  private static final int LAST = Integer.MAX_VALUE;

  private final FakeHub hub = FakeHub.start().know(TOKEN);
  private final Depot depot =
      Depot.start(
          hub.url(),
          1,
          Repository.newDataFolder("models"),
          Map.of(
              "HF_TOKEN", TOKEN,
              "DEPOT_JOBS_SLOTS", "4",
              "DEPOT_HUB_STALL_TIMEOUT", "2s",
              "DEPOT_TRANSFER_RETRY_BASE", "50ms",
              "QUARKUS_LOG_CATEGORY__IO_MODELDEPOT__LEVEL", "DEBUG"));

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  void anAnswerThatIsCutShortIsFinished() {
    HubModel model = model("truncates");
    content(model, new Mood.Truncate(1 << 20)).times(3);
    assertComesIn(model);
  }

  @Test
  void anAnswerThatPromisesTooLittleIsFinished() {
    HubModel model = model("promises-too-little");
    content(model, new Mood.ShortLength(4096)).times(2);
    assertComesIn(model);
  }

  @Test
  void anAnswerThatStallsIsAskedForAgain() {
    HubModel model = model("stalls");
    content(model, new Mood.Stall(1 << 20)).once();
    assertComesIn(model);
  }

  @Test
  void aWrongByteIsFetchedAgain() {
    HubModel model = model("corrupts-once");
    content(model, new Mood.Corrupt(12345)).onPath("corrupts-once.*0001").once();
    assertComesIn(model);
  }

  @Test
  void aByteThatStaysWrongEndsTheDownload() {
    HubModel model = model("corrupts");
    content(model, new Mood.Corrupt(12345));
    assertFails(model, "checksum-mismatch");
  }

  @Test
  void aHubThatIgnoresRangesIsReadFromItsStart() {
    HubModel model = model("ignores-ranges");
    content(model, new Mood.IgnoreRange());
    assertComesIn(model);
  }

  @Test
  void aHubThatCompressesIsUnderstood() {
    HubModel model = model("compresses");
    content(model, new Mood.Gzip());
    assertComesIn(model);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aRefusalThatPassesIsWaitedFor(int status) {
    HubModel model = model("refuses-for-a-while-" + status);
    hub.mood(Mood.Refuse.with(status, "Retry-After", "1")).onPath(model.name()).times(2);
    assertComesIn(model);
  }

  @Test
  void anAddressThatExpiresIsAskedForAgain() {
    HubModel model = model("expires");
    content(model, new Mood.Slow(8 << 20));
    request(model, Map.of());
    awaitBytes(model);
    hub.expireAddresses();
    assertIsHere(model);
  }

  @ParameterizedTest
  @CsvSource({"401,unauthorized", "403,forbidden", "404,repository-not-found"})
  void aRefusalThatStaysEndsTheDownload(int status, String code) {
    HubModel model = model("refuses-" + status);
    hub.mood(Mood.Refuse.with(status)).onPath(model.name());
    assertFails(model, code);
  }

  @Test
  void aGateThatTheTokenOpensIsPassed() {
    HubModel model = model("gated-and-granted");
    model.at().gate("auto").grant(TOKEN);
    assertComesIn(model);
  }

  @Test
  void aGateThatTheTokenDoesNotOpenEndsTheDownloadBeforeItsFirstByte() {
    HubModel model = model("gated");
    model.at().gate("manual");
    assertFails(model, "gated");
    assertThat(hub.requests().stream().filter(HubRequest::isContent).map(HubRequest::path))
        .noneMatch(path -> path.contains("/gated/"));
  }

  @Test
  void aFileThatChangesUnderItsCommitEndsTheDownload() {
    HubModel model = HubModel.at(hub, "changes").weights(4, 40 << 20);
    CommitId commit = model.commit();
    changesWhileItComesIn(model, Map.of("revision", commit.value()));
    assertFailed(model, "hub-inconsistent");
  }

  @Test
  void aFileThatChangesUnderItsBranchNeverComesInMixed() {
    HubModel model = HubModel.at(hub, "changes-under-a-branch").weights(4, 40 << 20);
    changesWhileItComesIn(model, Map.of());
    assertFailed(model, "hub-inconsistent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "../../../../etc/cron.d/outside",
        "/etc/outside",
        "a/../../outside",
        "a//b",
        "./here",
        "line\nbreak",
        "nul\u0000byte",
        "back\\slash/../outside"
      })
  void aNameThatLeadsElsewhereEndsTheDownload(String path) {
    HubModel model = model("names-" + Integer.toHexString(path.hashCode()));
    model.put(path, Content.of("#!/bin/sh"));
    assertFails(model, "bad-name");
  }

  @Test
  void aQuestionThatIsSentToAnotherHostIsNotFollowedWithTheToken() {
    HubModel model = model("sends-elsewhere");
    URI elsewhere = hub.contentUrl().resolve("/elsewhere?token=" + TOKEN);
    hub.mood(new Mood.Redirect(elsewhere)).atHub().onPath("models/lab/sends-elsewhere");
    assertFails(model, "hub-inconsistent");
  }

  @Test
  void aHubThatShowsTheTokenIsNotQuoted() {
    HubModel model = model("shows-the-token");
    hub.mood(Mood.Refuse.with(403, "X-Error-Message", "The token " + TOKEN + " is bad."))
        .onPath(model.name());
    assertFails(model, "forbidden");
  }

  @Test
  @Order(LAST - 9)
  void theHubItselfGotTheToken() {
    assertThat(hub.requests().stream().filter(it -> it.host().equals("hub")))
        .isNotEmpty()
        .allMatch(HubRequest::authorization);
  }

  @Test
  @Order(LAST - 8)
  void noOtherHostGotTheToken() {
    assertThat(hub.requests().stream().filter(it -> it.host().equals("cdn")))
        .isNotEmpty()
        .noneMatch(HubRequest::authorization);
  }

  @Test
  @Order(LAST - 7)
  void noLogHasTheToken() {
    assertThat(depot.logs()).contains("refuses-403").doesNotContain(TOKEN);
  }

  @Test
  @Order(LAST - 6)
  void noFileOfTheVolumeHasTheToken() {
    assertThat(depot.shell().run("grep -rlaF " + TOKEN + " . || test $? = 1").ok().lines().toList())
        .isEmpty();
  }

  @Test
  @Order(LAST - 5)
  void noEventHasTheToken() {
    for (TopicSpec topic : Topics.ALL) {
      for (ConsumerRecord<String, byte[]> record : depot.topics().all(topic.name())) {
        assertThat(text(record)).as(topic.name()).doesNotContain(TOKEN);
      }
    }
  }

  @Test
  @Order(LAST - 4)
  void noAnswerOfTheRegistryHasTheToken() {
    for (String path : List.of("/downloads?limit=200", "/models", "/audit?limit=200", "/status")) {
      assertThat(depot.registry().get(path).body().toString()).as(path).doesNotContain(TOKEN);
    }
  }

  @Test
  @Order(LAST - 3)
  void noNameOfTheHubsLedOutOfItsModel() {
    assertThat(depot.shell().run("find . .. /etc/cron.d -name 'outside*'").ok()).isEmpty();
  }

  @Test
  @Order(LAST)
  void theVolumeKeepsItsInvariants() throws Exception {
    StoreInvariants.assertHoldAtRest(depot.models());
  }

  private HubModel model(String name) {
    return HubModel.at(hub, name).weights(2, 20 << 20);
  }

  private MoodRule content(HubModel model, Mood mood) {
    return hub.mood(mood).onPath("/" + model.name() + "/.*bin").atContentNetwork();
  }

  private void request(HubModel model, Map<String, String> more) {
    CommitId unused = model.commit();
    Map<String, String> request = new HashMap<>(model.request(model.name()));
    request.putAll(more);
    depot.writer().publish("download-requested", request);
  }

  /** Nobody's commit changes; at this hub it does, and every address given out is void. */
  private void changesWhileItComesIn(HubModel model, Map<String, String> more) {
    CommitId commit = model.commit();
    content(model, new Mood.Slow(8 << 20));
    request(model, more);
    awaitBytes(model);
    for (int number = 1; number <= 4; number++) {
      String path = "weights-%04d.bin".formatted(number);
      model.at().tamper(commit, path, Content.random(number, 40 << 20));
    }
    hub.expireAddresses();
  }

  private void awaitBytes(HubModel model) {
    Wait.until(
        "bytes of " + model.name() + " come in",
        SOON,
        () ->
            depot.jobs().journal(model.name()).stream()
                .flatMap(journal -> journal.files().stream())
                .anyMatch(file -> file.blocksDone().filter(done -> done.count() > 0).isPresent()),
        depot::logs);
  }

  private void assertComesIn(HubModel model) {
    request(model, Map.of());
    assertIsHere(model);
  }

  private void assertIsHere(HubModel model) {
    JsonNode ended = depot.registry().ended(model.name(), SOON);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
    assertThat(model.differences(depot.models(), model.commit())).isEmpty();
  }

  private void assertFails(HubModel model, String code) {
    request(model, Map.of());
    assertFailed(model, code);
  }

  private void assertFailed(HubModel model, String code) {
    JsonNode ended = depot.registry().ended(model.name(), SOON);
    assertThat(ended.path("problem").path("code").asText()).as(ended.toString()).isEqualTo(code);
    assertThat(depot.models().resolve("versions/" + model.name() + "/current.json")).doesNotExist();
  }

  private static String text(ConsumerRecord<String, byte[]> record) {
    StringBuilder all = new StringBuilder(String.valueOf(record.key()));
    if (record.value() != null) {
      all.append(new String(record.value(), StandardCharsets.UTF_8));
    }
    record
        .headers()
        .forEach(header -> all.append(new String(header.value(), StandardCharsets.UTF_8)));
    return all.toString();
  }
}
