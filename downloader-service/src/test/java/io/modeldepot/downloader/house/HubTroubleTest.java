package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hub that has a bad day; in the end the bytes are right, or nothing is there. */
@QuarkusTest
class HubTroubleTest extends House {
  private static final long WEIGHTS = 2 << 20;

  /** Asks for a model of three files and waits for the end. */
  private Ear.Heard end(String model) {
    repository(model, WEIGHTS).commit("main");
    describe(model);
    ask("tr-" + model, model);
    return ended("tr-" + model);
  }

  private void assertGood(String model, Ear.Heard end) throws Exception {
    assertThat(end.text("/state")).as("%s", end).isEqualTo(DONE);
    assertThat(end.number("/doneBytes")).isEqualTo(end.number("/totalBytes"));
    assertThat(findings(model, CommitId.of(end.text("/commit")))).isEmpty();
    assertThat(current(model)).contains(CommitId.of(end.text("/commit")));
  }

  @Test
  void aFileThatCameInWrongOnceIsFetchedAgain() throws Exception {
    hub.mood(new Mood.Corrupt(1000)).onPath("corrupt-once.*safetensors").atContentNetwork().once();

    Ear.Heard end = end("corrupt-once");

    assertGood("corrupt-once", end);
    assertThat(end.number("/fetchedBytes")).isGreaterThan(end.number("/totalBytes") + WEIGHTS / 2);
  }

  @Test
  void aSmallFileThatCameInWrongOnceIsFetchedAgain() throws Exception {
    hub.mood(new Mood.Corrupt(3)).onPath("corrupt-small.*README").once();

    assertGood("corrupt-small", end("corrupt-small"));
  }

  @Test
  void aFileThatIsAlwaysWrongGoesToQuarantineWithTheEvidence() throws Exception {
    hub.mood(new Mood.Corrupt(1000)).onPath("corrupt-always.*safetensors").atContentNetwork();

    Ear.Heard end = end("corrupt-always");

    Ear.Heard fact = failed("tr-corrupt-always");
    assertThat(fact.text("/problem/code")).isEqualTo("checksum-mismatch");
    assertThat(fact.text("/file")).isEqualTo("model.safetensors");
    assertThat(fact.text("/expected")).matches("[0-9a-f]{64}").isNotEqualTo(fact.text("/actual"));
    assertThat(view("corrupt-always")).doesNotExist();
    assertThat(tree("corrupt-always", CommitId.of(end.text("/commit")))).doesNotExist();
    Path quarantined = quarantined("corrupt-always");
    assertThat(Files.readString(quarantined.resolve("evidence.json")))
        .contains("org/corrupt-always", "checksum-mismatch", fact.text("/actual"));
    try (Stream<Path> files = Files.list(quarantined)) {
      assertThat(files.filter(it -> !it.endsWith("evidence.json")).map(Path::toFile))
          .singleElement()
          .satisfies(it -> assertThat(it.length()).isGreaterThan(WEIGHTS));
    }
  }

  private Path quarantined(String model) throws Exception {
    try (Stream<Path> all = Files.list(root.resolve(".depot/quarantine"))) {
      return all.filter(it -> it.getFileName().toString().contains(model))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void anAnswerThatEndsEarlyIsContinuedWhereItBrokeOff() throws Exception {
    hub.mood(new Mood.Truncate(500_000))
        .onPath("truncated.*safetensors")
        .atContentNetwork()
        .times(3);

    Ear.Heard end = end("truncated");

    assertGood("truncated", end);
    assertThat(end.number("/fetchedBytes")).isEqualTo(end.number("/totalBytes"));
  }

  @Test
  void anAnswerThatSaysAWrongLengthIsNotBelieved() throws Exception {
    hub.mood(new Mood.ShortLength(1000)).onPath("short.*safetensors").atContentNetwork().once();

    assertGood("short", end("short"));
  }

  @Test
  void aConnectionThatStandsStillIsGivenUpAndTheRestAskedForAgain() throws Exception {
    hub.mood(new Mood.Stall(500_000)).onPath("stalled.*safetensors").atContentNetwork().once();

    Ear.Heard end = end("stalled");

    assertGood("stalled", end);
    assertThat(end.number("/fetchedBytes")).isEqualTo(end.number("/totalBytes"));
  }

  @Test
  void aHubThatKnowsNoRangesGivesTheWholeFile() throws Exception {
    hub.mood(new Mood.IgnoreRange()).onPath("no-ranges.*safetensors").atContentNetwork();
    hub.mood(new Mood.Truncate(500_000)).onPath("no-ranges.*safetensors").atContentNetwork().once();

    assertGood("no-ranges", end("no-ranges"));
  }

  @Test
  void aHubThatCompressesUnaskedIsUnderstood() throws Exception {
    hub.mood(new Mood.Gzip()).onPath("gzip");

    assertGood("gzip", end("gzip"));
  }

  @Test
  void signedAddressesThatExpiredAreAskedForAgain() throws Exception {
    CommitId commit = repository("expiring", WEIGHTS).commit("main");
    describe("expiring");
    hub.mood(new Mood.Truncate(500_000)).onPath("expiring.*tensors").atContentNetwork();
    hub.mood(new Mood.Slow(64 << 10)).onPath("expiring.*tensors").atContentNetwork();
    ask("tr-expiring", "expiring");
    var unused = progressed("tr-expiring", it -> it.number("/doneBytes") > 0);

    hub.expireAddresses();
    hub.calm();

    assertGood("expiring", ended("tr-expiring"));
    assertThat(fetches("expiring/resolve/" + commit + "/model.safetensors")).isEqualTo(2);
  }

  @Test
  void whatTheHubAsksToWaitIsWaited() throws Exception {
    hub.mood(Mood.Refuse.with(429, "Retry-After", "1")).onPath("limited").once();
    long before = System.nanoTime();

    Ear.Heard end = end("limited");

    assertGood("limited", end);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(reached("tr-limited", "waiting").text("/waitingFor")).isEqualTo("hub");
    assertThat(reached("tr-limited", "waiting").text("/error/code")).isEqualTo("rate-limited");
  }

  @Test
  void aLimitInMidTransferIsWaitedForToo() throws Exception {
    hub.mood(Mood.Refuse.with(429, "RateLimit", "\"resolvers\";r=0;t=1"))
        .onPath("limited-late/resolve")
        .times(2);

    assertGood("limited-late", end("limited-late"));
  }

  @Test
  void aHubThatIsDownForAMomentIsTriedAgain() throws Exception {
    hub.mood(Mood.Refuse.with(500)).onPath("unwell/revision").times(2);
    hub.mood(Mood.Refuse.with(503)).onPath("unwell/tree").once();
    hub.mood(Mood.Refuse.with(502)).onPath("unwell/resolve").times(3);
    hub.mood(Mood.Refuse.with(500)).onPath("unwell.*safetensors").atContentNetwork().times(2);

    assertGood("unwell", end("unwell"));
  }

  @Test
  void aFileThatLooksChangedOnABranchIsBegunAnew() throws Exception {
    hub.mood(new Mood.Retag("f".repeat(64))).onPath("retagged.*tensors").atContentNetwork().once();

    assertGood("retagged", end("retagged"));
  }

  @Test
  void aFileThatChangesUnderABranchAgainAndAgainIsGivenUp() {
    hub.mood(new Mood.Retag("f".repeat(64))).onPath("never-still.*safetensors").atContentNetwork();

    Ear.Heard end = end("never-still");

    assertThat(end.text("/error/code")).isEqualTo("hub-inconsistent");
  }

  @Test
  void aFileThatChangesUnderACommitIsNotTaken() {
    CommitId commit = repository("tampered", WEIGHTS).commit("main");
    hub.repository("org/tampered").tamper(commit, "README.md", Content.of("# something else\n"));
    hub.mood(new Mood.Retag("f".repeat(64))).onPath("tampered.*safetensors").atContentNetwork();
    describe("tampered");

    ask("tr-tampered", "tampered", "\"revision\":\"" + commit + "\"");

    Ear.Heard fact = failed("tr-tampered");
    assertThat(fact.text("/problem/code")).isEqualTo("hub-inconsistent");
    assertThat(fact.text("/expected")).isNotEmpty();
    assertThat(view("tampered")).doesNotExist();
  }

  @Test
  void bytesThatAreThereStayThereWhateverTheHubDoes() {
    hub.mood(new Mood.Truncate(300_000)).onPath("monotonous.*tensors").atContentNetwork().times(4);
    hub.mood(Mood.Refuse.with(503)).onPath("monotonous/resolve").times(2);

    assertThat(end("monotonous").text("/state")).isEqualTo(DONE);

    List<Long> done =
        ear.all("download-progressed", it -> it.text("/model").equals("monotonous")).stream()
            .map(it -> it.number("/doneBytes"))
            .toList();
    assertThat(done).isSorted();
  }

  @Test
  void manyBlocksComeInOverManyConnections() throws Exception {
    hub.repository("org/blocks")
        .put("model.bin", Content.random(3, (40L << 20) + 17))
        .put("copy.bin", Content.random(3, (40L << 20) + 17))
        .put("empty.txt", "")
        .put("a dir/ü %41#?.txt", "odd name")
        .commit("main");
    hub.pageSize(1);
    describe("blocks");

    ask("tr-blocks", "blocks");

    Ear.Heard end = ended("tr-blocks");
    hub.pageSize(1000);
    assertGood("blocks", end);
    assertThat(view("blocks").resolve("a dir/ü %41#?.txt")).hasContent("odd name");
    assertThat(view("blocks").resolve("empty.txt")).isEmptyFile();
    assertThat(hub.requests())
        .filteredOn(it -> it.host().equals("cdn") && it.range().isPresent())
        .hasSizeGreaterThan(1);
    assertThat(end.number("/fetchedBytes")).isEqualTo(end.number("/totalBytes"));
  }
}
