package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.testkit.hub.Mood;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A download that has begun needs no broker until it has something to say. */
@QuarkusTest
class BrokerAwayTest extends House {

  @Test
  void aDownloadIsPublishedWhileTheBrokerIsAwayAndAnnouncedWhenItIsBack() throws Exception {
    CommitId commit = repository("unheard", 2 << 20).commit("main");
    describe("unheard");
    hub.mood(new Mood.Slow(64 << 10)).onPath("unheard.*tensors").atContentNetwork();
    ask("ba-unheard", "unheard");
    var unused = progressed("ba-unheard", it -> it.number("/doneBytes") > 0);

    broker.stop();
    try {
      hub.calm();
      until("it is published", () -> current("unheard").isPresent());
    } finally {
      broker.start();
    }

    assertThat(done("ba-unheard").text("/commit")).isEqualTo(commit.value());
    assertThat(version("unheard", commit).text("/currentCommit")).isEqualTo(commit.value());
    ask("ba-after", "unheard");
    assertThat(done("ba-after").number("/fetchedBytes")).isZero();
  }
}
