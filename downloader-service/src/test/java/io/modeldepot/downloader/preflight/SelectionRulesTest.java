package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionRulesTest {
  private static final List<String> LLAMA =
      List.of(
          ".gitattributes",
          "LICENSE.txt",
          "README.md",
          "config.json",
          "generation_config.json",
          "model-00001-of-00002.safetensors",
          "model-00002-of-00002.safetensors",
          "model.safetensors.index.json",
          "pytorch_model-00001-of-00002.bin",
          "pytorch_model-00002-of-00002.bin",
          "pytorch_model.bin.index.json",
          "tokenizer.json",
          "tokenizer.model",
          "tokenizer_config.json");

  @Test
  void theFullProfileIsEverything() {
    assertThat(SelectionRules.select(selection(Profile.FULL), LLAMA)).isEqualTo(LLAMA);
  }

  @Test
  void withoutAProfileEverythingIsMeant() {
    assertThat(SelectionRules.select(new Selection(Optional.empty(), List.of(), List.of()), LLAMA))
        .isEqualTo(LLAMA);
  }

  @Test
  void thePublishersSignatureIsTakenWithWhateverIsIncluded() {
    Selection weights = new Selection(Optional.empty(), List.of("*.safetensors"), List.of());
    Selection without = new Selection(Optional.empty(), List.of("*.safetensors"), List.of("*.sig"));
    List<String> paths = List.of("README.md", "a.safetensors", "model.sig", "sub/model.sig");

    assertThat(SelectionRules.select(weights, paths)).containsExactly("a.safetensors", "model.sig");
    assertThat(SelectionRules.select(without, paths)).containsExactly("a.safetensors");
  }

  @Test
  void servingLeavesOutWeightsThatAreThereAsSafetensors() {
    assertThat(serving(LLAMA))
        .containsExactly(
            ".gitattributes",
            "LICENSE.txt",
            "README.md",
            "config.json",
            "generation_config.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json",
            "tokenizer.json",
            "tokenizer.model",
            "tokenizer_config.json");
  }

  @Test
  void servingLeavesOutTheWeightsOfOtherRuntimes() {
    assertThat(
            serving(
                List.of(
                    "config.json",
                    "model.safetensors",
                    "tf_model.h5",
                    "flax_model.msgpack",
                    "model.onnx",
                    "model.onnx_data",
                    "model-q4.gguf",
                    "rust_model.ot",
                    "model.ckpt",
                    "consolidated.00.pth")))
        .containsExactly("config.json", "model.safetensors");
  }

  @Test
  void servingLeavesOutTheFoldersOfOtherRuntimes() {
    assertThat(
            serving(
                List.of(
                    "model.safetensors",
                    "onnx/config.json",
                    "onnx/model.onnx",
                    "openvino/openvino_model.xml",
                    "original/consolidated.00.pth",
                    "original/params.json")))
        .containsExactly("model.safetensors");
  }

  @Test
  void servingLeavesOutConsolidatedWeightsBesideShards() {
    assertThat(
            serving(
                List.of(
                    "consolidated.safetensors", "model-00001-of-00001.safetensors", "params.json")))
        .containsExactly("model-00001-of-00001.safetensors", "params.json");
  }

  @Test
  void servingKeepsConsolidatedWeightsThatAreTheOnlyOnes() {
    assertThat(serving(List.of("consolidated.safetensors", "params.json")))
        .containsExactly("consolidated.safetensors", "params.json");
  }

  @Test
  void servingKeepsPytorchWeightsWhereThereAreNoSafetensors() {
    assertThat(serving(List.of("config.json", "pytorch_model.bin", "tf_model.h5", "model.gguf")))
        .containsExactly("config.json", "pytorch_model.bin");
  }

  @Test
  void servingKeepsTheOnlyWeightsThereAre() {
    List<String> gguf = List.of("README.md", "model-q4.gguf", "model-q8.gguf");

    assertThat(serving(gguf)).isEqualTo(gguf);
  }

  @Test
  void whatTrainingLeftIsNotTakenForWeights() {
    List<String> onnx =
        List.of("config.json", "model.onnx", "optimizer.pt", "scheduler.pt", "training_args.bin");

    assertThat(serving(onnx)).contains("model.onnx");
  }

  @Test
  void servingKeepsPytorchWeightsOfAFolderWithoutSafetensors() {
    assertThat(
            serving(
                List.of(
                    "text_encoder/model.safetensors",
                    "text_encoder/pytorch_model.bin",
                    "safety_checker/pytorch_model.bin")))
        .containsExactly("text_encoder/model.safetensors", "safety_checker/pytorch_model.bin");
  }

  @Test
  void aTokenizerIsNoWeights() {
    assertThat(serving(List.of("model.safetensors", "tokenizer.pt", "my_tokenizer.bin")))
        .containsExactly("model.safetensors", "tokenizer.pt", "my_tokenizer.bin");
  }

  @Test
  void weightsAreKnownByTheirNameInAnyCase() {
    assertThat(serving(List.of("MODEL.SAFETENSORS", "PYTORCH_MODEL.BIN")))
        .containsExactly("MODEL.SAFETENSORS");
  }

  @Test
  void whatIsIncludedIsTakenWhateverTheProfileSays() {
    Selection selection = new Selection(Optional.of(Profile.SERVING), List.of("*.bin"), List.of());

    assertThat(SelectionRules.select(selection, LLAMA))
        .containsExactly("pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin");
  }

  @Test
  void whatIsExcludedIsLeftOutEvenIfItIsIncluded() {
    Selection selection =
        new Selection(
            Optional.of(Profile.FULL), List.of("*.json"), List.of("tokenizer*", "*index.json"));

    assertThat(SelectionRules.select(selection, LLAMA))
        .containsExactly("config.json", "generation_config.json");
  }

  @Test
  void excludingEverythingLeavesNothing() {
    Selection selection = new Selection(Optional.of(Profile.FULL), List.of(), List.of("*"));

    assertThat(SelectionRules.select(selection, LLAMA)).isEmpty();
  }

  private static List<String> serving(List<String> paths) {
    return SelectionRules.select(selection(Profile.SERVING), paths);
  }

  private static Selection selection(Profile profile) {
    return new Selection(Optional.of(profile), List.of(), List.of());
  }
}
