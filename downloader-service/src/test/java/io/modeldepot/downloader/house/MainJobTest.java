package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.integrity.Verifier;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MainJobTest extends House {

  @Test
  void anEventPublishedByHandLeadsToAVerifiedModelOnTheVolumeAndARecordOfIt() throws Exception {
    CommitId commit = repository("by-hand", 3 << 20).license("mit").commit("main");
    describe("by-hand");

    ask("{\"model\":\"by-hand\"}");

    Ear.Heard end = endedModel("by-hand");
    assertThat(end.text("/state")).isEqualTo(DONE);
    assertThat(end.text("/requestId")).startsWith("k-");
    Ear.Heard verified =
        ear.await(
            "model-verified",
            it -> it.key().equals(java.util.Optional.of("default/by-hand/" + commit)));
    assertThat(verified.text("/state")).isEqualTo("present");
    assertThat(verified.text("/currentCommit")).isEqualTo(commit.value());
    assertThat(verified.text("/source/licence")).isEqualTo("mit");
    assertThat(verified.text("/profile/architecture")).isEqualTo("LlamaForCausalLM");
    assertThat(verified.headers()).containsEntry("ce_type", "io.modeldepot.model-verified.v1");
    assertThat(Files.readString(view("by-hand").resolve("README.md"))).isEqualTo("# by-hand\n");
    assertThat(
            store
                .verifier()
                .verify(ModelName.of("by-hand"), commit, Verifier.Depth.BYTES, bytes -> {})
                .orElseThrow()
                .findings())
        .isEmpty();
  }
}
