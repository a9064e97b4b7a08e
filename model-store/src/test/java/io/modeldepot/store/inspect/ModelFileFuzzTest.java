package io.modeldepot.store.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that whoever can push to a repository wrote. */
final class ModelFileFuzzTest {
  private static final String HEADER =
      """
      {"__metadata__":{"format":"pt"},
       "a.weight":{"dtype":"BF16","shape":[2,4],"data_offsets":[0,16]},
       "b.weight":{"dtype":"F32","shape":[3],"data_offsets":[16,28]},
       "c":{"dtype":"I8","shape":[],"data_offsets":[28,29]}}
      """;

  private static final String CONFIG =
      """
      {"architectures":["LlamaForCausalLM"],"hidden_size":4096,"num_hidden_layers":32,
       "num_attention_heads":32,"num_key_value_heads":8,"head_dim":128,"vocab_size":32000,
       "max_position_embeddings":4096,"sliding_window":4096,"use_sliding_window":false,
       "rope_scaling":{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":4096},
       "quantization_config":{"quant_method":"gptq","bits":4},"multi_query":false,
       "auto_map":{"AutoModel":"x.Y"},"text_config":{"num_hidden_layers":2},
       "added_tokens_decoder":{"0":{"content":"<s>","lstrip":false}},"chat_template":"{{ x }}"}
      """;

  @TempDir private Path directory;

  @Test
  void aHeaderIsReadOrRefused() {
    int content = 29;
    Fuzz.of("safetensors header")
        .seed(HEADER)
        .refusedBy(MalformedModelFile.class)
        .run(
            input -> {
              SafetensorsHeader header =
                  SafetensorsHeader.parse(input, 8L + input.length + content);
              long bytes = header.tensors().stream().mapToLong(Tensor::lengthBytes).sum();
              assertThat(bytes).isEqualTo(content);
            });
  }

  @Test
  void aWholeFileIsReadOrRefused() throws IOException {
    Path file = directory.resolve("model.safetensors");
    Fuzz.of("safetensors file")
        .seed(Files.readAllBytes(SafetensorsFile.write(file, HEADER, 29)))
        .refusedBy(MalformedModelFile.class)
        .run(input -> SafetensorsHeader.read(Files.write(file, input)));
  }

  @Test
  void aConfigurationSaysSomethingOrIsAFinding() {
    ModelFiles files = under(List.of("config.json", "tokenizer_config.json"));
    Fuzz.of("config.json")
        .seed(CONFIG)
        .run(
            input -> {
              Files.write(directory.resolve("config.json"), input);
              Files.write(directory.resolve("tokenizer_config.json"), input);
              Wire.write(ModelInspector.inspect(files));
            });
  }

  @Test
  void whatTheTextFilesSayIsBounded() {
    List<String> names =
        List.of(
            "config.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "generation_config.json",
            "chat_template.json");
    ModelFiles files = under(names);
    Fuzz.of("text files of a model")
        .seed(CONFIG)
        .seed("{\"chat_template\":[{\"name\":\"a\",\"template\":\"b\"}],\"x\":[[1],[2]]}")
        .run(
            input -> {
              for (String name : names) {
                Files.write(directory.resolve(name), input);
              }
              Reading reading = ModelInspector.read(files);
              assertThat(reading.configuration().size()).isLessThanOrEqualTo(2_000);
              Wire.write(reading);
            });
  }

  @Test
  void anIndexNamesShardsOrIsAFinding() {
    ModelFiles files = under(List.of("model.safetensors.index.json"));
    Fuzz.of("weights index")
        .seed(
            "{\"metadata\":{\"total_size\":28},\"weight_map\":{\"a\":\"model-1-of-1.safetensors\"}}")
        .run(
            input -> {
              Files.write(directory.resolve("model.safetensors.index.json"), input);
              Wire.write(ModelInspector.inspect(files));
            });
  }

  @Test
  void aLongNameIsNotPutTogetherWithEveryValueBelowIt() {
    String values = "{\"a\":1},".repeat(2_000);
    Fuzz.of("long names")
        .seed(("{\"" + "x".repeat(40_000) + "\":[" + values + "{}]}"))
        .run(
            input -> {
              Files.write(directory.resolve("config.json"), input);
              Wire.write(ModelInspector.read(under(List.of("config.json"))));
            });
  }

  private ModelFiles under(List<String> paths) {
    return ModelFiles.under(directory, paths);
  }

  @Test
  void anInfiniteNumberIsKeptAsItsText() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{\"a\":1e999,\"b\":-1e999}", UTF_8);

    assertThat(ModelInspector.read(under(List.of("config.json"))).configuration())
        .containsOnlyKeys("a", "b");
  }
}
