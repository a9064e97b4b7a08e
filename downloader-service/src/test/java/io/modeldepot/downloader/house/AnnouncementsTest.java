package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.retire.Archive;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the downloader tells the world. */
@QuarkusTest
class AnnouncementsTest extends House {
  private static final String ABSENT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void whatWasOnTheVolumeBeforeTheStartIsAnnounced() throws Exception {
    CommitId commit = current(World.THERE_BEFORE.value()).orElseThrow();

    Ear.Heard record = version(World.THERE_BEFORE.value(), commit);

    assertThat(record.text("/state")).isEqualTo("present");
    assertThat(record.text("/source/kind")).isEqualTo("adopted");
    assertThat(record.text("/path")).isEqualTo("versions/there-before/" + commit);
  }

  @Test
  void aVersionIsAnnouncedWithItsManifest() throws Exception {
    CommitId commit = repository("told", 2 << 20).license("mit").commit("main");
    describe("told");
    ask("an-told", "told");
    var unused = done("an-told");

    Ear.Heard record = version("told", commit);

    assertThat(record.value().orElseThrow().at("/files"))
        .extracting(it -> it.get("path").asText(), it -> it.get("verifiedBy").asText())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("README.md", "git-sha1"),
            org.assertj.core.groups.Tuple.tuple("config.json", "git-sha1"),
            org.assertj.core.groups.Tuple.tuple("model.safetensors", "sha256"));
    assertThat(record.value().orElseThrow().at("/files"))
        .allSatisfy(it -> assertThat(it.get("sha256").asText()).matches("[0-9a-f]{64}"));
    assertThat(record.text("/verifiedBy")).isEqualTo("git-sha1");
    assertThat(record.number("/profile/parameters")).isEqualTo(1 << 20);
    assertThat(record.number("/generation")).isPositive();
    assertThat(record.number("/fileCount")).isEqualTo(3);
    assertThat(record.number("/presentBytes")).isEqualTo(record.number("/sizeBytes"));
    assertThat(record.text("/source/endpoint")).isEqualTo(hub.url().toString());
  }

  @Test
  void aVersionThatOnlyTheTopicKnowsIsAnnouncedAsRemovedAndTheGenerationGoesOnFromThere() {
    CommitId commit = repository("phantom", 10_000).commit("main");
    describe("phantom");
    send(
        Topics.MODEL_VERIFIED.name(),
        "default/phantom/" + ABSENT,
        phantom().getBytes(StandardCharsets.UTF_8),
        Map.of());
    ask("an-phantom", "phantom");
    var unused = done("an-phantom");

    assertThat(version("phantom", commit).number("/generation")).isEqualTo(42);
    Ear.Heard removed =
        version("phantom", CommitId.of(ABSENT), it -> it.text("/state").equals("removed"));
    assertThat(removed.number("/generation")).isEqualTo(42);
    assertThat(removed.text("/currentCommit")).isEqualTo(commit.value());
  }

  @Test
  void whatTheJanitorArchivedIsAnnouncedAsArchivedWithWhatItTakes() throws Exception {
    CommitId commit = repository("packed", 2 << 20).commit("main");
    describe("packed");
    ask("an-packed", "packed");
    var done = done("an-packed");
    ModelName model = ModelName.of("packed");
    long archived;
    try (Claims claims = store.claims("hand");
        Claim claim = claims.await(store.claimPlace(model), Duration.ofSeconds(30)).orElseThrow()) {
      archived =
          store
              .archive()
              .take(
                  claim,
                  model,
                  commit,
                  new Archive.Taking(RequestId.of("archiving"), "for a test", Duration.ofDays(3)),
                  0,
                  bytes -> {})
              .archivedBytes();
    }
    send(
        Topics.MAINTENANCE_PROGRESSED.name(),
        "archiving",
        """
        {"requestId":"archiving","kind":"archive","location":"default","state":"done","sequence":2,
         "result":{"models":["packed"]},"updatedAt":"2026-11-26T00:00:00.000Z"}
        """
            .getBytes(StandardCharsets.UTF_8),
        Map.of());

    Ear.Heard record = version("packed", commit, it -> it.text("/state").equals("archived"));

    assertThat(done.text("/commit")).isEqualTo(commit.value());
    assertThat(record.number("/presentBytes")).isEqualTo(archived);
    assertThat(record.number("/sizeBytes")).isGreaterThanOrEqualTo(2 << 20);
    assertThat(record.text("/currentCommit")).isEmpty();
    assertThat(record.value().orElseThrow().at("/files")).hasSize(3);
  }

  private static String phantom() {
    return """
        {"location":"default","model":"phantom","family":"testing","commit":"%s","state":"present",
         "generation":41,"currentCommit":"%s","path":"versions/phantom/%s","verifiedBy":"self",
         "sizeBytes":1,"presentBytes":1,"fileCount":1,"files":[],"source":{"kind":"adopted"},
         "requestIds":[],"verifiedAt":"2026-01-01T00:00:00.000Z"}
        """
        .formatted(ABSENT, ABSENT, ABSENT);
  }

  @Test
  void theDownloaderIsReady() {
    Ear.Heard report =
        ear.await(
            "service-reported",
            it -> it.text("/service").equals("downloader") && it.text("/state").equals("ready"));

    assertThat(report.key()).contains("downloader/downloader-1");
  }

  @Test
  void everyByteOfTheVolumeIsAccountedForSoonAfterItChanged() throws Exception {
    repository("weighed", 3 << 20).commit("main");
    describe("weighed");
    int before = ear.all("storage-reported", it -> true).size();
    ask("an-weighed", "weighed");
    var unused = done("an-weighed");

    until("a later report", () -> ear.all("storage-reported", it -> true).size() > before);

    Ear.Heard report = ear.all("storage-reported", it -> true).getLast();
    assertThat(report.key()).contains("default");
    assertThat(report.text("/volumeId")).isEqualTo(store.volume().id().toString());
    assertThat(report.number("/freeBytes")).isBetween(1L, report.number("/capacityBytes"));
    assertThat(report.value().orElseThrow().at("/usage"))
        .extracting(it -> it.get("kind").asText())
        .contains("current")
        .doesNotContain("unexplained");
    assertThat(report.value().orElseThrow().at("/capabilities").size()).isEqualTo(5);
  }

  @Test
  void progressGoesThroughTheStatesOfTheContractAndOnlyForward() {
    repository("watched", 1 << 20).commit("main");
    describe("watched");
    hub.mood(new Mood.Slow(64 << 10)).onPath("watched.*tensors").atContentNetwork();
    ask("an-watched", "watched");
    Ear.Heard moving = progressed("an-watched", it -> it.number("/rateBytesPerSecond") > 0);
    hub.calm();
    var unused = done("an-watched");

    List<Ear.Heard> all =
        ear.all("download-progressed", it -> it.text("/requestId").equals("an-watched"));

    assertThat(all).extracting(it -> it.number("/doneBytes")).isSorted();
    assertThat(all.getFirst().text("/state")).isEqualTo("requested");
    assertThat(all)
        .extracting(it -> it.text("/state"))
        .containsSubsequence("requested", "transferring", DONE);
    assertThat(moving.number("/etaSeconds")).isPositive();
    assertThat(moving.text("/inFlight/0/path")).isEqualTo("model.safetensors");
    assertThat(all.getLast().headers())
        .containsEntry("ce_type", "io.modeldepot.download-progressed.v1")
        .containsEntry("ce_source", "/downloader/downloader-1")
        .containsEntry("ce_subject", "an-watched")
        .containsKeys("ce_id", "ce_time");
  }

  @Test
  void aJournalCanBeReadWithCat() throws Exception {
    CommitId commit = repository("journaled", 2 << 20).commit("main");
    describe("journaled");
    ask("an-journaled", "journaled");
    var unused = done("an-journaled");

    String journal = Files.readString(root.resolve("downloads/an-journaled.json"));

    assertThat(journal)
        .contains(
            "\"state\":\"done\"",
            "\"commit\":\"" + commit + "\"",
            "\"path\":\"model.safetensors\"",
            "\"blocksDone\":\"0\"")
        .doesNotContain("?", "Authorization", "http://localhost");
  }
}
