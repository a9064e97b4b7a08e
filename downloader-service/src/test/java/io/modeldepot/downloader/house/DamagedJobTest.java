package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.claim.Claims;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that nobody can read is that job's trouble and no other's. */
@QuarkusTest
class DamagedJobTest extends House {
  private static final RequestId DAMAGED = RequestId.of("dj-damaged");

  @BeforeEach
  void damage() throws IOException {
    Files.writeString(journal(), "{\"format\":1,\"requestId\":");
    try (Claims claims = store.claims("hand")) {
      assertThat(claims.create(store.claimPlace(DAMAGED))).isTrue();
    }
  }

  @AfterEach
  void removeIt() throws IOException {
    Files.delete(root.resolve("downloads/dj-damaged/free"));
    Files.delete(root.resolve("downloads/dj-damaged"));
    Files.deleteIfExists(journal());
    Files.deleteIfExists(root.resolve("downloads/stray"));
    Files.deleteIfExists(root.resolve("downloads/dj-damaged.cancel"));
  }

  private Path journal() {
    return root.resolve("downloads/dj-damaged.json");
  }

  @Test
  void aDirectoryThatIsNoJobHoldsUpNoDownload() throws IOException {
    Files.createDirectory(root.resolve("downloads/stray"));
    repository("beside-stray", 10_000).commit("main");
    describe("beside-stray");

    ask("dj-stray", "beside-stray");

    assertThat(ended("dj-stray").text("/state")).isEqualTo(DONE);
  }

  @Test
  void otherDownloadsGoOn() {
    repository("beside-damaged", 10_000).commit("main");
    describe("beside-damaged");

    ask("dj-beside", "beside-damaged");

    assertThat(done("dj-beside").text("/state")).isEqualTo(DONE);
  }

  @Test
  void aWishToCancelItDoesNotHoldUpTheCommandsAfterIt() {
    cancel(DAMAGED.value());

    awaitIntake();

    assertThat(
            refusal(
                    it ->
                        it.text("/action").equals("cancel")
                            && it.text("/requestId").equals(DAMAGED.value()))
                .headers()
                .get("depot_detail"))
        .contains("cannot be read");
  }

  @Test
  void aCommandUnderItsIdIsRefusedAndDoesNotHoldUpTheCommandsAfterIt() {
    ask(DAMAGED.value(), "wanted-again");

    assertThat(refusal(it -> it.text("/model").equals("wanted-again")).headers())
        .containsEntry("depot_reason", "duplicate-id");
  }
}
