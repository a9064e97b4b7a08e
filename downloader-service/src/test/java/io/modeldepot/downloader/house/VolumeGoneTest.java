package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The volume is unmounted under a running downloader, and comes back. */
@QuarkusTest
class VolumeGoneTest extends House {

  @Test
  void withoutAVolumeNothingIsWrittenAndEverythingGoesOnWhenItIsBack() throws Exception {
    CommitId commit = repository("interrupted", 2 << 20).commit("main");
    repository("meanwhile", 10_000).commit("main");
    describe("interrupted");
    describe("meanwhile");
    hub.mood(new Mood.Slow(64 << 10)).onPath("interrupted.*tensors").atContentNetwork();
    ask("vg-interrupted", "interrupted");
    var unused = progressed("vg-interrupted", it -> it.number("/doneBytes") > 0);
    Path mark = root.resolve(".depot/volume.json");
    Path away = root.resolveSibling(root.getFileName() + ".volume.json");
    int reports = ear.all("service-reported", it -> true).size();

    Files.move(mark, away);
    try {
      Ear.Heard degraded = degraded(reports);
      assertThat(degraded.text("/detail")).contains(root.toString());
      List<String> then = everything();
      hub.calm();
      ask("vg-meanwhile", "meanwhile");
      Ear.Heard later = degraded(ear.all("service-reported", it -> true).size());
      assertThat(later.text("/state")).isEqualTo("degraded");
      assertThat(everything()).isEqualTo(then);
    } finally {
      Files.move(away, mark);
    }

    assertThat(done("vg-interrupted").text("/commit")).isEqualTo(commit.value());
    assertThat(done("vg-meanwhile").text("/state")).isEqualTo(DONE);
    assertThat(findings("interrupted", commit)).isEmpty();
  }

  /** A report that the service is degraded, after so many reports of whatever kind. */
  private Ear.Heard degraded(int after) throws IOException {
    until(
        "a degraded report",
        () ->
            ear.all("service-reported", it -> true).stream()
                .skip(after)
                .anyMatch(it -> it.text("/state").equals("degraded")));
    return ear.all("service-reported", it -> true).stream()
        .skip(after)
        .filter(it -> it.text("/state").equals("degraded"))
        .findFirst()
        .orElseThrow();
  }

  /** Every path of the directory with its size and time. */
  private List<String> everything() throws IOException {
    return below(root).stream()
        .map(it -> it + " " + it.toFile().length() + " " + it.toFile().lastModified())
        .sorted()
        .toList();
  }
}
