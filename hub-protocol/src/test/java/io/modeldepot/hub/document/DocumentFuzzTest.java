package io.modeldepot.hub.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** What a hub, or somebody in its place, answers. */
class DocumentFuzzTest {
  private static final String SHA1 = "0123456789012345678901234567890123456789";
  private static final String SHA256 = "ab".repeat(32);

  private static final String INFO =
      """
      {"_id":"65","id":"acme/phi-2","modelId":"acme/phi-2","sha":"%1$s","private":false,
       "gated":"manual","disabled":false,"lastModified":"2024-04-29T16:25:56.000Z","tags":["x"],
       "pipeline_tag":"text-generation","library_name":"transformers","downloads":12,"likes":3,
       "cardData":{"license":["mit"],"license_link":"https://x.example","language":"en"},
       "config":{"architectures":["PhiForCausalLM"]},
       "safetensors":{"parameters":{"F16":2779683840},"total":2779683840},
       "siblings":[{"rfilename":"config.json","size":735,"blobId":"%1$s",
        "lfs":{"sha256":"%2$s","size":5,"pointerSize":135}}],"createdAt":"2023-12-13T21:19:59Z"}
      """
          .formatted(SHA1, SHA256);

  private static final String TREE =
      """
      [{"type":"directory","oid":"%1$s","size":0,"path":"onnx"},
       {"type":"file","oid":"%1$s","size":609,"path":"config.json",
        "lastCommit":{"id":"%1$s","title":"t","date":"2024-01-01T00:00:00Z"},
        "securityFileStatus":{"status":"safe","avScan":{"status":"safe"}}},
       {"type":"file","oid":"%1$s","size":9976576152,"path":"a/model.safetensors",
        "lfs":{"oid":"%2$s","size":9976576152,"pointerSize":135},"xetHash":"%2$s"}]
      """
          .formatted(SHA1, SHA256);

  private static Fuzz documents(String name, String good) {
    return Fuzz.of(name).seed(good).refusedBy(MalformedDocument.class);
  }

  @Test
  void aModelsDescriptionIsReadOrRefused() {
    documents("hub model info", INFO)
        .run(
            input -> {
              ModelInfo read = HubJson.read(input, ModelInfo.class);
              assertThat(HubJson.read(HubJson.write(read), ModelInfo.class)).isEqualTo(read);
            });
  }

  @Test
  void aPageOfATreeIsReadOrRefused() {
    documents("hub tree", TREE)
        .run(
            input ->
                assertThat(HubJson.readEntries(input))
                    .allSatisfy(entry -> assertThat(entry.contentBytes()).isNotNegative()));
  }

  @Test
  void theSmallDocumentsAreReadOrRefused() {
    documents(
            "hub refs",
            "{\"branches\":[{\"name\":\"main\",\"ref\":\"r\",\"targetCommit\":\"%s\"}],\"tags\":[],\"converts\":[]}"
                .formatted(SHA1))
        .run(input -> HubJson.read(input, Refs.class));
    documents(
            "hub whoami",
            "{\"type\":\"user\",\"name\":\"a\",\"auth\":{\"accessToken\":{\"role\":\"read\"}}}")
        .run(input -> HubJson.read(input, WhoAmI.class));
    documents("hub error", "{\"error\":\"Repository not found\"}")
        .run(input -> HubJson.read(input, ErrorBody.class));
    documents("hub paths-info request", "{\"paths\":[\"config.json\"],\"expand\":true}")
        .run(input -> HubJson.read(input, PathsInfoRequest.class));
  }
}
