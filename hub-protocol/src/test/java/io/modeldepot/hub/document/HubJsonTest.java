package io.modeldepot.hub.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubJsonTest {
  private static final String SHA1 = "0123456789012345678901234567890123456789";
  private static final String SHA256 = "ab".repeat(32);

  @Test
  void aPageOfATreeIsRead() throws MalformedDocument {
    List<TreeEntry> entries =
        HubJson.readEntries(
            """
            [{"type":"directory","oid":"%1$s","size":0,"path":"onnx"},
             {"type":"file","oid":"%1$s","size":609,"path":"config.json"},
             {"type":"file","oid":"%1$s","size":9976576152,"path":"model.safetensors",
              "lfs":{"oid":"%2$s","size":9976576152,"pointerSize":135},"xetHash":"%2$s","new":{}}]
            """
                .formatted(SHA1, SHA256)
                .getBytes(UTF_8));

    assertThat(entries)
        .extracting(TreeEntry::type)
        .containsExactly(EntryType.DIRECTORY, EntryType.FILE, EntryType.FILE);
    assertThat(entries.get(1).gitSha1()).contains(SHA1);
    assertThat(entries.get(1).sha256()).isEmpty();
    assertThat(entries.get(2).sha256()).contains(SHA256);
    assertThat(entries.get(2).gitSha1()).as("that of the pointer says nothing").isEmpty();
    assertThat(entries.get(2).contentBytes()).isEqualTo(9_976_576_152L);
  }

  @Test
  void aKindOfEntryFromTheFutureIsUnknown() throws MalformedDocument {
    assertThat(
            HubJson.readEntries(
                "[{\"type\":\"symlink\",\"oid\":\"x\",\"size\":1,\"path\":\"a\"}]".getBytes(UTF_8)))
        .extracting(TreeEntry::type)
        .containsExactly(EntryType.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[null]",
        "[{}]",
        "[{\"type\":\"file\",\"path\":\"a\",\"oid\":\"x\"}]",
        "[{\"type\":\"file\",\"path\":\"a\",\"oid\":\"x\",\"size\":-1}]",
        "[{\"type\":\"file\",\"path\":\"a\",\"oid\":\"x\",\"size\":1,\"lfs\":{\"size\":1}}]",
        "<html>502 Bad Gateway</html>"
      })
  void whatIsNoTreeIsRefused(String json) {
    assertThatThrownBy(() -> HubJson.readEntries(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedDocument.class);
  }

  @Test
  void aDocumentMadeToOverflowIsRefused() {
    String deep = "[{\"new\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> HubJson.readEntries(deep.getBytes(UTF_8)))
        .isInstanceOf(MalformedDocument.class)
        .hasMessageContaining("depth");
  }

  @ParameterizedTest
  @CsvSource({
    "false, OPEN",
    "null, OPEN",
    "'\"auto\"', AUTO",
    "'\"manual\"', MANUAL",
    "true, MANUAL",
    "'\"something new\"', MANUAL"
  })
  void aGateWeDoNotKnowIsAGate(String gated, Gated expected) throws MalformedDocument {
    ModelInfo info = info("{\"id\":\"a/b\",\"gated\":%s}".formatted(gated));
    assertThat(info.gated()).isEqualTo(expected);
  }

  @Test
  void informationAsTheHubWritesItIsRead() throws MalformedDocument {
    ModelInfo info =
        info(
            """
            {"_id":"x","id":"meta-llama/Llama-2-7b-hf","private":false,"gated":"manual","disabled":false,
             "sha":"%s","lastModified":"2024-04-17T08:40:16.000Z","downloads":5,
             "tags":["transformers","license:llama2"],
             "safetensors":{"parameters":{"F16":6738417664},"total":6738417664,"sharded":true},
             "siblings":[{"rfilename":"config.json"},
               {"rfilename":"m.safetensors","size":7,"blobId":"%s","lfs":{"sha256":"%s","size":7,"pointerSize":130}}]}
            """
                .formatted(SHA1, SHA1, SHA256));

    assertThat(info.sha()).contains(SHA1);
    assertThat(info.gated().closed()).isTrue();
    assertThat(info.licence()).contains("llama2");
    assertThat(info.lastModified()).contains(Instant.parse("2024-04-17T08:40:16Z"));
    assertThat(info.safetensors().map(SafetensorsSummary::parameters))
        .contains(Map.of("F16", 6_738_417_664L));
    assertThat(info.siblings().get(1).lfs().map(Sibling.Large::sha256)).contains(SHA256);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"license\":\"mit\"}', mit",
    "'{\"license\":[\"apache-2.0\",\"mit\"]}', apache-2.0",
    "'{\"license\":\"other\",\"license_name\":\"tongyi-qianwen\"}', tongyi-qianwen",
    "'{\"license\":\"other\"}', other",
    "'{\"license\":{\"weird\":1}}', from-tag",
    "'[]', from-tag",
    "'\"text\"', from-tag"
  })
  void aLicenceIsFoundInWhateverTheAuthorWrote(String cardData, String licence)
      throws MalformedDocument {
    ModelInfo info =
        info(
            "{\"id\":\"a/b\",\"cardData\":%s,\"tags\":[\"license:from-tag\"]}".formatted(cardData));
    assertThat(info.licence()).contains(licence);
  }

  @Test
  void whatIsWrittenIsRead() throws MalformedDocument {
    TreeEntry entry =
        TreeEntry.large("m.safetensors", SHA1, new LargeFile(SHA256, 7, 130))
            .expanded(
                new LastCommit(SHA1, "Add weights", Instant.parse("2026-01-01T00:00:00Z")),
                SecurityFileStatus.UNSCANNED);

    String json = new String(HubJson.write(List.of(entry)), UTF_8);

    assertThat(HubJson.readEntries(json.getBytes(UTF_8))).containsExactly(entry);
    assertThat(json)
        .as("the JavaScript client looks for both scans")
        .contains("\"avScan\":null", "\"pickleImportScan\":null");
    assertThat(json).doesNotContain("xetHash", "sha256", "contentBytes");
  }

  @Test
  void refsAreReadWithoutThePartsThatAreMissing() throws MalformedDocument {
    Refs refs =
        HubJson.read(
            "{\"branches\":[{\"name\":\"main\",\"ref\":\"refs/heads/main\",\"targetCommit\":\"%s\"}]}"
                .formatted(SHA1)
                .getBytes(UTF_8),
            Refs.class);
    assertThat(refs.branches()).containsExactly(Refs.Ref.branch("main", SHA1));
    assertThat(refs.tags()).isEmpty();
  }

  @Test
  void aSinglePathIsAListOfOne() throws MalformedDocument {
    assertThat(
            HubJson.read(
                "{\"paths\":\"a\",\"expand\":true}".getBytes(UTF_8), PathsInfoRequest.class))
        .isEqualTo(new PathsInfoRequest(List.of("a"), true));
  }

  @Test
  void aMessageOfRefusalDoesNotRepeatTheDocument() {
    String json = "{\"id\":\"a/b\",\"siblings\":\"" + "x".repeat(5000) + "\"}";
    assertThatThrownBy(() -> info(json))
        .isInstanceOf(MalformedDocument.class)
        .satisfies(
            e -> assertThat(Optional.ofNullable(e.getMessage()).orElse("")).hasSizeLessThan(400));
  }

  private static ModelInfo info(String json) throws MalformedDocument {
    return HubJson.read(json.getBytes(UTF_8), ModelInfo.class);
  }
}
