package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeRepository;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is on the volume is not fetched again, unless somebody insists. */
@QuarkusTest
class NothingTwiceTest extends House {
  private static final long WEIGHTS = 2 << 20;

  @Test
  void whatIsPresentAndVerifiedIsAnnouncedAndNotAByteIsFetched() {
    CommitId commit = repository("present", WEIGHTS).commit("main");
    describe("present");
    ask("nt-present-1", "present");
    long generation = generation("nt-present-1", "present", commit);
    hub.forget();

    ask("nt-present-2", "present");

    assertThat(done("nt-present-2").number("/fetchedBytes")).isZero();
    assertThat(hub.bytesServed()).isZero();
    assertThat(generation("nt-present-2", "present", commit)).isEqualTo(generation);
  }

  @Test
  void forceFetchesEverythingAgain() throws Exception {
    CommitId commit = repository("forced", WEIGHTS).commit("main");
    describe("forced");
    ask("nt-force-1", "forced");
    Ear.Heard first = done("nt-force-1");

    ask("nt-force-2", "forced", "\"force\":true");

    assertThat(done("nt-force-2").number("/fetchedBytes"))
        .isEqualTo(first.number("/totalBytes"))
        .isPositive();
    assertThat(findings("forced", commit)).isEmpty();
  }

  @Test
  void contentThatAnotherModelHasIsReused() throws Exception {
    Content weights = safetensors(4711, WEIGHTS);
    hub.repository("org/first-owner").put("a.safetensors", weights).commit("main");
    CommitId commit =
        hub.repository("org/second-owner").put("dir/b.safetensors", weights).commit("main");
    describe("first-owner");
    describe("second-owner");
    ask("nt-owner-1", "first-owner");
    var unused = done("nt-owner-1");
    hub.forget();

    ask("nt-owner-2", "second-owner");

    Ear.Heard end = done("nt-owner-2");
    assertThat(end.number("/fetchedBytes")).isZero();
    assertThat(end.number("/reusedBytes")).isEqualTo(weights.sizeBytes());
    assertThat(hub.bytesServed()).isZero();
    assertThat(findings("second-owner", commit)).isEmpty();
  }

  @Test
  void anUpdateFetchesTheFileThatChanged() throws Exception {
    FakeRepository repository = repository("updated", WEIGHTS);
    CommitId before = repository.commit("main");
    describe("updated");
    ask("nt-update-1", "updated");
    long generation = generation("nt-update-1", "updated", before);
    CommitId after = repository.put("README.md", "# another\n").commit("main");
    hub.forget();

    ask("nt-update-2", "updated");

    assertThat(done("nt-update-2").number("/fetchedBytes")).isEqualTo("# another\n".length());
    assertThat(hub.bytesServed()).isEqualTo("# another\n".length());
    assertThat(generation("nt-update-2", "updated", after)).isGreaterThan(generation);
    assertThat(Files.readString(view("updated").resolve("README.md"))).isEqualTo("# another\n");
    assertThat(findings("updated", before)).isEmpty();
  }

  @Test
  void aRollbackFetchesNothingAndAsksNobody() throws Exception {
    FakeRepository repository = repository("rolled-back", WEIGHTS);
    CommitId before = repository.commit("main");
    CommitId after = repository.put("README.md", "# worse\n").commit("main");
    describe("rolled-back");
    ask("nt-back-1", "rolled-back", "\"revision\":\"" + before + "\"");
    var unused = done("nt-back-1");
    ask("nt-back-2", "rolled-back");
    long generation = generation("nt-back-2", "rolled-back", after);
    hub.forget();

    ask("nt-back-3", "rolled-back", "\"revision\":\"" + before + "\"");

    assertThat(done("nt-back-3").number("/fetchedBytes")).isZero();
    assertThat(hub.requests()).isEmpty();
    assertThat(generation("nt-back-3", "rolled-back", before)).isGreaterThan(generation);
    assertThat(current("rolled-back")).contains(before);
    assertThat(
            version("rolled-back", after, it -> it.text("/currentCommit").equals(before.value())))
        .isNotNull();
    assertThat(Files.readString(view("rolled-back").resolve("README.md")))
        .isEqualTo("# rolled-back\n");
  }

  @Test
  void servingLeavesDuplicateWeightsOutAndFullBringsThemLater() throws Exception {
    CommitId commit =
        repository("duplicates", WEIGHTS)
            .put("pytorch_model.bin", Content.random(5, 100_000))
            .commit("main");
    describe("duplicates");
    ask("nt-serving", "duplicates", "\"profile\":\"serving\"");
    long generation = generation("nt-serving", "duplicates", commit);
    assertThat(view("duplicates").resolve("pytorch_model.bin")).doesNotExist();
    Ear.Heard narrow = version("duplicates", commit);
    assertThat(narrow.number("/sizeBytes") - narrow.number("/presentBytes")).isEqualTo(100_000);
    hub.forget();

    ask("nt-full", "duplicates", "\"profile\":\"full\"");

    assertThat(done("nt-full").number("/fetchedBytes")).isEqualTo(100_000);
    assertThat(hub.bytesServed()).isEqualTo(100_000);
    assertThat(generation("nt-full", "duplicates", commit)).isEqualTo(generation + 1);
    assertThat(view("duplicates").resolve("pytorch_model.bin")).hasSize(100_000);
    assertThat(findings("duplicates", commit)).isEmpty();
  }

  @Test
  void aNarrowerSelectionOfWhatIsThereTakesNothingAway() throws Exception {
    CommitId commit = repository("narrower", WEIGHTS).commit("main");
    describe("narrower");
    ask("nt-wide", "narrower");
    long generation = generation("nt-wide", "narrower", commit);

    ask("nt-narrow", "narrower", "\"include\":[\"*.json\"]", "\"exclude\":[\"tok*\"]");

    assertThat(done("nt-narrow").number("/fetchedBytes")).isZero();
    assertThat(generation("nt-narrow", "narrower", commit)).isEqualTo(generation);
    assertThat(view("narrower").resolve("model.safetensors")).exists();
  }

  @Test
  void aSelectionThatLeavesNothingIsInvalid() {
    repository("nothing-left", 10_000).commit("main");
    describe("nothing-left");

    ask("nt-nothing", "nothing-left", "\"include\":[\"*.gguf\"]");

    assertThat(failed("nt-nothing").text("/problem/code")).isEqualTo("invalid");
  }

  @Test
  void aFileThatSomebodyRemovedFromAVersionComesBackFromTheCache() throws Exception {
    CommitId commit = repository("holed", WEIGHTS).commit("main");
    describe("holed");
    ask("nt-hole-1", "holed");
    var unused = done("nt-hole-1");
    Path removed = tree("holed", commit).resolve("README.md");
    Files.delete(removed);
    hub.forget();

    ask("nt-hole-2", "holed");

    assertThat(done("nt-hole-2").number("/fetchedBytes")).isZero();
    assertThat(removed).hasContent("# holed");
  }

  /** The generation that was announced in answer to a request. */
  private long generation(String id, String model, CommitId commit) {
    var unused = done(id);
    return version(
            model,
            commit,
            it -> it.value().orElseThrow().at("/requestIds").toString().contains('"' + id + '"'))
        .number("/generation");
  }
}
