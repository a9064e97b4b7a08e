package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.testkit.hub.FakeRepository;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several requests at once: who shares, who waits, who leaves. */
@QuarkusTest
class SharedJobTest extends House {
  private static final long WEIGHTS = 2 << 20;

  /** A model whose weights come in slowly until the hub is calm, asked for and on its way. */
  private CommitId underWay(String model, String id) {
    CommitId commit = repository(model, WEIGHTS).commit("main");
    describe(model);
    hub.mood(new Mood.Slow(64 << 10)).onPath(model + ".*safetensors").atContentNetwork();
    ask(id, model);
    var unused = progressed(id, it -> it.number("/doneBytes") > 0);
    return commit;
  }

  @Test
  void twoRequestsForOneCommitAreOneJob() {
    CommitId commit = underWay("shared", "sh-1");
    ask("sh-2", "shared");
    assertThat(reached("sh-2", "joined").text("/commit")).isEqualTo(commit.value());

    hub.calm();

    Ear.Heard first = done("sh-1");
    assertThat(first.number("/fetchedBytes")).isEqualTo(first.number("/totalBytes"));
    assertThat(done("sh-2").text("/commit")).isEqualTo(commit.value());
    assertThat(fetches("shared/resolve/" + commit + "/model.safetensors")).isEqualTo(1);
    assertThat(version("shared", commit).value().orElseThrow().at("/requestIds"))
        .extracting(it -> it.asText())
        .containsExactly("sh-1", "sh-2");
  }

  @Test
  void aJoinedRequestFailsAsItsHostFails() {
    FakeRepository repository = hub.repository("org/shared-failure");
    hub.mood(new Mood.Truncate(1 << 20)).onPath("shared-failure.*safetensors").atContentNetwork();
    CommitId commit = underWay("shared-failure", "sh-f1");
    ask("sh-f2", "shared-failure");
    assertThat(reached("sh-f2", "joined").text("/commit")).isEqualTo(commit.value());

    repository.disable();
    hub.expireAddresses();
    hub.calm();

    assertThat(failed("sh-f1").text("/problem/code")).isEqualTo("disabled");
    assertThat(failed("sh-f2").text("/problem/code")).isEqualTo("disabled");
  }

  @Test
  void theJobGoesOnForWhoJoinedWhenItsFirstRequestIsCancelled() {
    CommitId commit = underWay("left-by-host", "sh-h1");
    ask("sh-h2", "left-by-host");
    assertThat(reached("sh-h2", "joined").text("/state")).isEqualTo("joined");

    cancel("sh-h1");
    assertThat(ended("sh-h1").text("/state")).isEqualTo("cancelled");
    hub.calm();

    assertThat(done("sh-h2").text("/commit")).isEqualTo(commit.value());
    assertThat(version("left-by-host", commit).value().orElseThrow().at("/requestIds"))
        .extracting(it -> it.asText())
        .containsExactly("sh-h2");
  }

  @Test
  void theJobGoesOnForItsFirstRequestWhenWhoJoinedIsCancelled() {
    CommitId commit = underWay("left-by-guest", "sh-g1");
    ask("sh-g2", "left-by-guest");
    assertThat(reached("sh-g2", "joined").text("/state")).isEqualTo("joined");

    cancel("sh-g2");
    assertThat(ended("sh-g2").text("/state")).isEqualTo("cancelled");
    hub.calm();

    assertThat(done("sh-g1").text("/commit")).isEqualTo(commit.value());
  }

  @Test
  void theJobEndsWhenNobodyWantsItAnyMore() throws Exception {
    CommitId commit = underWay("left-by-all", "sh-a1");
    ask("sh-a2", "left-by-all");
    assertThat(reached("sh-a2", "joined").text("/state")).isEqualTo("joined");

    cancel("sh-a1");
    cancel("sh-a2");

    assertThat(ended("sh-a1").text("/state")).isEqualTo("cancelled");
    assertThat(ended("sh-a2").text("/state")).isEqualTo("cancelled");
    until("the claim is gone", () -> !root.resolve("downloads/sh-a1").toFile().exists());
    assertThat(tree("left-by-all", commit)).doesNotExist();
  }

  @Test
  void aCancelledTransferLeavesNothingBehindButItsJournal() throws Exception {
    CommitId commit = underWay("cancelled", "sh-c");

    cancel("sh-c");

    assertThat(ended("sh-c").text("/state")).isEqualTo("cancelled");
    assertThat(ear.all("download-failed", it -> it.text("/requestId").equals("sh-c"))).isEmpty();
    until("the claim is gone", () -> !root.resolve("downloads/sh-c").toFile().exists());
    assertThat(root.resolve("downloads/sh-c.json")).exists();
    assertThat(view("cancelled")).doesNotExist();
    assertThat(tree("cancelled", commit)).doesNotExist();
  }

  @Test
  void whatIsCancelledAfterItsEndStaysDone() {
    repository("cancelled-late", 10_000).commit("main");
    describe("cancelled-late");
    ask("sh-late", "cancelled-late");
    var unused = done("sh-late");

    cancel("sh-late");
    awaitIntake();

    assertThat(done("sh-late").text("/state")).isEqualTo(DONE);
    assertThat(root.resolve("downloads/sh-late.cancel")).doesNotExist();
  }

  @Test
  void theMoreUrgentComesFirstWhenAllSlotsAreTaken() {
    for (int slot = 1; slot <= 4; slot++) {
      CommitId unused = underWay("blocker-" + slot, "sh-b" + slot);
    }
    for (int priority : List.of(1, 9, 5)) {
      repository("urgent-" + priority, 10_000).commit("main");
      describe("urgent-" + priority);
      ask("sh-u" + priority, "urgent-" + priority, "\"priority\":" + priority);
    }
    assertThat(reached("sh-u5", "requested").text("/waitingFor")).isEqualTo("slot");
    awaitIntake();

    cancel("sh-b1");

    List.of("sh-u1", "sh-u5", "sh-u9").forEach(this::done);
    assertThat(
            ear.all(
                "download-progressed",
                it -> it.text("/requestId").startsWith("sh-u") && it.text("/state").equals(DONE)))
        .extracting(it -> it.text("/requestId"))
        .containsExactly("sh-u9", "sh-u5", "sh-u1");
    hub.calm();
    List.of("sh-b2", "sh-b3", "sh-b4").forEach(this::done);
  }

  @Test
  void aWiderSelectionThatIsAskedForMeanwhileComesNextAndFetchesTheRest() throws Exception {
    CommitId commit = repository("wider-meanwhile", WEIGHTS).commit("main");
    describe("wider-meanwhile");
    hub.mood(new Mood.Slow(64 << 10)).onPath("wider-meanwhile.*tensors").atContentNetwork();
    ask("sh-w1", "wider-meanwhile", "\"include\":[\"*.safetensors\"]");
    var unused = progressed("sh-w1", it -> it.number("/doneBytes") > 0);
    ask("sh-w2", "wider-meanwhile");
    assertThat(reached("sh-w2", "waiting").text("/waitingFor")).isEqualTo("slot");
    assertThat(ear.all("download-progressed", it -> it.text("/requestId").equals("sh-w2")))
        .as("told that it waits, and not that it looks whether it still has to")
        .hasSizeLessThan(5);

    hub.calm();

    assertThat(done("sh-w1").number("/filesTotal")).isEqualTo(1);
    assertThat(done("sh-w2").number("/reusedBytes")).isGreaterThan(WEIGHTS);
    assertThat(fetches("wider-meanwhile/resolve/" + commit + "/model.safetensors")).isEqualTo(1);
    assertThat(findings("wider-meanwhile", commit)).isEmpty();
  }
}
