package io.modeldepot.hub.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubUrlsTest {
  private static final String REPOSITORY = "meta-llama/Llama-2-7b-hf";
  private final HubUrls hub = HubUrls.of("https://hub.example/");

  @Test
  void modelInformationOfARevisionEncodesTheWholeRevision() {
    assertThat(hub.modelInfo(REPOSITORY, "refs/pr/1"))
        .hasToString(
            "https://hub.example/api/models/meta-llama/Llama-2-7b-hf/revision/refs%2Fpr%2F1");
  }

  @Test
  void aTreeIsRecursive() {
    assertThat(hub.tree(REPOSITORY, "main"))
        .hasToString(
            "https://hub.example/api/models/meta-llama/Llama-2-7b-hf/tree/main?recursive=true");
  }

  @Test
  void aFolderOfATreeLosesItsSlashes() {
    assertThat(hub.treeOf("a/b", "main", "x/y z", new TreeDetail(true, true)))
        .hasToString(
            "https://hub.example/api/models/a/b/tree/main/x%2Fy%20z?recursive=true&expand=true");
  }

  @Test
  void aFolderWithoutDetailHasNoQuery() {
    assertThat(hub.treeOf("a/b", "main", "", TreeDetail.ONE_FOLDER))
        .hasToString("https://hub.example/api/models/a/b/tree/main");
  }

  @Test
  void aFileKeepsTheSlashesOfItsPath() {
    assertThat(hub.resolve("a/b", "refs/pr/1", "onnx/model 1.onnx"))
        .hasToString("https://hub.example/a/b/resolve/refs%2Fpr%2F1/onnx/model%201.onnx");
  }

  @Test
  void theOtherDoorsAreWhereTheHubHasThem() {
    assertThat(hub.refs("a/b")).hasPath("/api/models/a/b/refs");
    assertThat(hub.commits("a/b", "main")).hasPath("/api/models/a/b/commits/main");
    assertThat(hub.pathsInfo("a/b", "main")).hasPath("/api/models/a/b/paths-info/main");
    assertThat(hub.authCheck("a/b")).hasPath("/api/models/a/b/auth-check");
    assertThat(hub.raw("a/b", "x/y", "c d")).hasToString("https://hub.example/a/b/raw/x%2Fy/c%20d");
    assertThat(hub.whoAmI()).hasPath("/api/whoami-v2");
    assertThat(hub.modelInfo("a/b")).hasPath("/api/models/a/b");
  }

  @Test
  void aHubMayLieBelowAPath() {
    assertThat(HubUrls.of("http://proxy:8081/hf//").resolve("a/b", "main", "c"))
        .hasToString("http://proxy:8081/hf/a/b/resolve/main/c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "huggingface.co",
        "ftp://hub.example",
        "https://user:secret@hub.example",
        "https://hub.example?token=secret",
        "https://hub.example/#x",
        "https://",
        "no url at all"
      })
  void whatIsNoAddressOfAHubIsRefusedWithoutRepeatingItsSecret(String endpoint) {
    assertThatThrownBy(() -> HubUrls.of(endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub.example/x, true",
    "https://HUB.example:443/x, true",
    "http://hub.example/x, false",
    "https://hub.example:8443/x, false",
    "https://cdn.hub.example/x, false",
    "https://hub.example.evil.example/x, false"
  })
  void aTokenStaysWithItsHub(String address, boolean may) {
    assertThat(hub.mayCarryToken(URI.create(address))).isEqualTo(may);
  }
}
