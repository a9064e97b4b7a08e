package io.modeldepot.mirror.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What vLLM, transformers and {@code hf download} do, by the client that all of them use. */
@QuarkusTest
@QuarkusTestResource(VolumeResource.class)
class PythonClientTest {
  private static final String WEIGHTS = "weights/model.safetensors";

  @TestHTTPResource URI base = URI.create("http://localhost");
  @TempDir Path folder;
  private PythonClient python = new PythonClient(base, Path.of(""));

  @BeforeEach
  void findTheMirror() {
    python = new PythonClient(URI.create(base.toString().replaceAll("/$", "")), folder);
  }

  /** The last line is JSON; what the client says before it is for people. */
  private static JsonNode last(String said) throws Exception {
    return Wire.mapper().readTree(said.strip().lines().reduce((one, next) -> next).orElseThrow());
  }

  @Test
  void listsAndDownloadsTheCurrentVersion() throws Exception {
    JsonNode said =
        last(
            python.run(
                """
                import json
                from huggingface_hub import list_repo_files, hf_hub_download, snapshot_download
                repo = "acme/Alpha-1"
                print(json.dumps({
                    "files": sorted(list_repo_files(repo)),
                    "one": hf_hub_download(repo, "weights/model.safetensors"),
                    "all": snapshot_download(repo)}))
                """));

    assertThat(said.path("files").toString())
        .contains(WEIGHTS, VolumeResource.ODD_PATH)
        .doesNotContain("pytorch_model.bin");
    Path all = Path.of(said.path("all").asText());
    assertThat(all).endsWith(Path.of("models--acme--Alpha-1/snapshots", VolumeResource.NEW));
    assertThat(Path.of(said.path("one").asText())).isEqualTo(all.resolve(WEIGHTS));
    assertThat(all.resolve(WEIGHTS)).hasBinaryContent(VolumeResource.WEIGHTS);
    assertThat(all.resolve("config.json")).hasBinaryContent(VolumeResource.CONFIG);
    assertThat(all.resolve("empty.txt")).isEmptyFile();
    assertThat(all.resolve(VolumeResource.ODD_PATH)).hasContent("odd");
  }

  @Test
  void anotherRevisionIsReadByItsNameAndByItsCommit() throws Exception {
    JsonNode said =
        last(
            python.run(
                """
                import json, sys
                from huggingface_hub import HfApi, hf_hub_download, snapshot_download
                repo, old = "acme/Alpha-1", sys.argv[1]
                api = HfApi()
                print(json.dumps({
                    "branch": hf_hub_download(repo, "config.json", revision="refs/pr/1"),
                    "commit": snapshot_download(repo, revision=old),
                    "sha": api.model_info(repo, revision="refs/pr/1").sha,
                    "refs": [b.name for b in api.list_repo_refs(repo).branches],
                    "there": api.revision_exists(repo, old),
                    "nowhere": api.revision_exists(repo, "nightly"),
                    "entries": [e.path for e in api.list_repo_tree(repo, revision=old)]}))
                """,
                VolumeResource.OLD));

    assertThat(Files.readString(Path.of(said.path("branch").asText()))).isEqualTo("{}");
    assertThat(Path.of(said.path("commit").asText()).resolve("config.json")).hasContent("{}");
    assertThat(said.path("sha").asText()).isEqualTo(VolumeResource.OLD);
    assertThat(said.path("refs").toString()).contains("main", "refs/pr/1");
    assertThat(said.path("there").asBoolean()).isTrue();
    assertThat(said.path("nowhere").asBoolean(true)).isFalse();
    assertThat(said.path("entries").toString()).isEqualTo("[\"config.json\"]");
  }

  @Test
  void refusalsAreTheExceptionsThatCallersKnow() throws Exception {
    String said =
        python.run(
            """
            from huggingface_hub import HfApi, hf_hub_download, file_exists
            import sys
            def outcome(*args, **more):
                try:
                    hf_hub_download(*args, **more)
                    print("got it")
                except Exception as e:
                    print(type(e).__name__)
            outcome("acme/None", "config.json")
            outcome("acme/Alpha-1", "config.json", revision="nightly")
            outcome("acme/Alpha-1", "none.json")
            outcome("acme/Secret", "config.json")
            outcome("acme/Secret", "config.json", token="another")
            outcome("acme/Secret", "config.json", token=sys.argv[1])
            print(file_exists("acme/Alpha-1", "none.json"))
            """,
            VolumeResource.TOKEN);

    assertThat(said.strip().lines().toList())
        .containsExactly(
            "RepositoryNotFoundError",
            "RevisionNotFoundError",
            "RemoteEntryNotFoundError",
            "GatedRepoError",
            "GatedRepoError",
            "got it",
            "False");
  }
}
