package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.hub.FakeRepository;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a download would do, without doing it. */
@QuarkusTest
class PlanTest extends House {
  private static final long WEIGHTS = 3 << 20;
  private static final String PLAN = "\"plan\":true";

  @Test
  void aPlanSaysWhatWouldBeFetchedAndWhatTheModelIs() {
    FakeRepository repository = repository("planned", WEIGHTS).license("apache-2.0");
    String commit = repository.commit("main").value();
    describe("planned");

    ask("pl-1", "planned", PLAN);

    Ear.Heard end = ended("pl-1");
    assertThat(end.text("/state")).isEqualTo("planned");
    assertThat(end.text("/commit")).isEqualTo(commit);
    assertThat(end.number("/plan/fetchBytes"))
        .isEqualTo(end.number("/totalBytes"))
        .isGreaterThan(WEIGHTS);
    assertThat(end.number("/plan/reusedBytes")).isZero();
    assertThat(end.number("/plan/freeAfterBytes")).isPositive();
    assertThat(end.text("/plan/licence")).isEqualTo("apache-2.0");
    assertThat(end.text("/plan/profile/architecture")).isEqualTo("LlamaForCausalLM");
    assertThat(end.number("/plan/profile/parameters")).isEqualTo(WEIGHTS / 2);
    assertThat(end.value().orElseThrow().at("/plan/files"))
        .extracting(it -> it.get("path").asText())
        .containsExactlyInAnyOrder("README.md", "config.json", "model.safetensors");
  }

  @Test
  void aPlanAndTheVersionItBecomesSayTheSameOfTheirTextFiles() {
    repository("read-twice", WEIGHTS)
        .put("tokenizer_config.json", "{\"bos_token\":\"<s>\",\"chat_template\":\"old\"}")
        .put("chat_template.jinja", "{{ messages }}")
        .commit("main");
    describe("read-twice");

    ask("pl-5a", "read-twice", PLAN);
    Ear.Heard planned = ended("pl-5a");
    ask("pl-5b", "read-twice");

    assertThat(done("pl-5b").text("/state")).isEqualTo("done");
    Ear.Heard verified =
        ear.await("model-verified", it -> it.key().orElse("").contains("/read-twice/"));
    assertThat(planned.text("/plan/reading/chatTemplate")).isEqualTo("{{ messages }}");
    assertThat(planned.text("/plan/reading/tokenizer/bos_token")).isEqualTo("\"<s>\"");
    assertThat(planned.text("/plan/reading/configuration/_name_or_path"))
        .isEqualTo("\"read-twice\"");
    assertThat(verified.value().orElseThrow().at("/reading"))
        .isEqualTo(planned.value().orElseThrow().at("/plan/reading"));
  }

  @Test
  void aPlanReadsSomeKilobytesAndWritesNothing() throws IOException {
    repository("unwritten", WEIGHTS).commit("main");
    describe("unwritten");
    List<String> before = volume();

    ask("pl-2", "unwritten", PLAN);

    assertThat(ended("pl-2").text("/state")).isEqualTo("planned");
    until("the claim is gone", () -> !root.resolve("downloads/pl-2").toFile().exists());
    assertThat(volume()).isEqualTo(before);
    assertThat(hub.bytesServed()).isLessThan(4_000);
  }

  @Test
  void whatIsHereIsPlannedToBeReused() {
    FakeRepository repository = repository("half-here", WEIGHTS);
    repository.commit("main");
    describe("half-here");
    ask("pl-3a", "half-here");
    long total = done("pl-3a").number("/totalBytes");
    repository.put("new.txt", "0123456789").commit("main");

    ask("pl-3b", "half-here", PLAN);

    Ear.Heard end = ended("pl-3b");
    assertThat(end.number("/plan/fetchBytes")).isEqualTo(10);
    assertThat(end.number("/plan/reusedBytes")).isEqualTo(total);
    assertThat(end.number("/plan/freeAfterBytes")).isPositive();
  }

  @Test
  void aPlanOfWhatIsAllHereFetchesNothing() {
    repository("all-here", WEIGHTS).commit("main");
    describe("all-here");
    ask("pl-4a", "all-here");
    var unused = done("pl-4a");

    ask("pl-4b", "all-here", PLAN);

    assertThat(ended("pl-4b").number("/plan/fetchBytes")).isZero();
  }

  @Test
  void aPlanSaysThatThereIsAGate() {
    repository("gate-open", 10_000).gate("manual").grant(World.TOKEN).commit("main");
    describe("gate-open");

    ask("pl-5", "gate-open", PLAN);

    assertThat(ended("pl-5").text("/plan/gated")).isEqualTo("manual");
  }

  @Test
  void aPlanBeforeAClosedGateFailsAsTheDownloadWould() {
    repository("gate-shut", 10_000).gate("auto").commit("main");
    describe("gate-shut");

    ask("pl-6", "gate-shut", PLAN);

    assertThat(failed("pl-6").text("/problem/code")).isEqualTo("gated");
  }

  /** Every file and directory of the volume, but for journals and what beats. */
  private List<String> volume() throws IOException {
    return below(root).stream()
        .map(it -> root.relativize(it).toString())
        .filter(it -> !it.startsWith("downloads/"))
        .sorted()
        .toList();
  }
}
