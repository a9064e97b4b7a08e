package io.modeldepot.store.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInspectorTest {
  private static final String TWO_BYTES =
      "{\"%s\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}";
  @TempDir Path folder;

  /** The figures are those of the models' published config.json files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // architecture | layers hidden heads kv headSize context window code | config.json
        "LlamaForCausalLM|32|4096|32|32|128|4096||false|`\"hidden_size\":4096,\"max_position_embeddings\":4096,\"num_attention_heads\":32,\"num_hidden_layers\":32,\"num_key_value_heads\":32,\"rope_scaling\":null`",
        "LlamaForCausalLM|40|5120|40|40|128|4096||false|`\"hidden_size\":5120,\"max_position_embeddings\":4096,\"num_attention_heads\":40,\"num_hidden_layers\":40,\"num_key_value_heads\":40`",
        "LlamaForCausalLM|80|8192|64|8|128|4096||false|`\"hidden_size\":8192,\"max_position_embeddings\":4096,\"num_attention_heads\":64,\"num_hidden_layers\":80,\"num_key_value_heads\":8`",
        "MistralForCausalLM|32|4096|32|8|128|32768|4096|false|`\"hidden_size\":4096,\"max_position_embeddings\":32768,\"num_attention_heads\":32,\"num_hidden_layers\":32,\"num_key_value_heads\":8,\"sliding_window\":4096`",
        "LlamaForCausalLM|40|5120|40|40|128|16384||false|`\"hidden_size\":5120,\"max_position_embeddings\":16384,\"num_attention_heads\":40,\"num_hidden_layers\":40,\"num_key_value_heads\":40,\"rope_theta\":1000000`",
        "PhiForCausalLM|32|2560|32|32|80|2048||false|`\"hidden_size\":2560,\"max_position_embeddings\":2048,\"num_attention_heads\":32,\"num_hidden_layers\":32,\"num_key_value_heads\":32`",
        "QWenLMHeadModel|32|4096|32|32|128|8192||true|`\"hidden_size\":4096,\"max_position_embeddings\":32768,\"num_attention_heads\":32,\"num_hidden_layers\":32,\"kv_channels\":128,\"seq_length\":8192,\"auto_map\":{\"AutoConfig\":\"configuration_qwen.QWenConfig\"}`"
      })
  void theSeedsModelsAreUnderstood(
      String architecture,
      int layers,
      int hidden,
      int heads,
      int kvHeads,
      int headSize,
      int context,
      Integer window,
      boolean code,
      String config)
      throws IOException {
    write("config.json", "{\"architectures\":[\"%s\"],%s}".formatted(architecture, config));

    ModelProfile profile = inspect().profile();

    assertThat(profile)
        .isEqualTo(
            new ModelProfile(
                Optional.of(architecture),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(layers),
                Optional.of(hidden),
                Optional.of(heads),
                Optional.of(kvHeads),
                Optional.of(headSize),
                Optional.of(context),
                Optional.ofNullable(window),
                Optional.empty(),
                code,
                false));
  }

  @Test
  void aShapeThatNoModelHasGivesNoParameters() throws IOException {
    write(
        "config.json",
        """
        {"architectures":["LlamaForCausalLM"],"num_hidden_layers":2000000000,"hidden_size":2000000000,
         "num_attention_heads":1,"intermediate_size":2000000000,"vocab_size":2000000000}
        """);

    assertThat(inspect().profile().configParameters()).isEmpty();
  }

  /** The published figures of the seed's models. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LlamaForCausalLM|6738415616|`32,4096,32,32,11008,32000`",
        "LlamaForCausalLM|13015864320|`40,5120,40,40,13824,32000`",
        "LlamaForCausalLM|13016028160|`40,5120,40,40,13824,32016`",
        "LlamaForCausalLM|68976648192|`80,8192,64,8,28672,32000`",
        "MistralForCausalLM|7241732096|`32,4096,32,8,14336,32000`",
        "PhiForCausalLM|2779683840|`32,2560,32,32,10240,51200`",
        "QWenLMHeadModel|7721324544|`32,4096,32,32,22016,151936`"
      })
  void theShapeInTheConfigurationGivesTheParameters(
      String architecture, long parameters, String shape) throws IOException {
    String[] of = shape.split(",");
    write(
        "config.json",
        """
        {"architectures":["%s"],"num_hidden_layers":%s,"hidden_size":%s,"num_attention_heads":%s,
         "num_key_value_heads":%s,"intermediate_size":%s,"vocab_size":%s}
        """
            .formatted(architecture, of[0], of[1], of[2], of[3], of[4], of[5]));

    assertThat(inspect().profile().configParameters()).contains(parameters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"n_layer\":12,\"n_embd\":768,\"n_head\":12,\"n_positions\":1024`|12|12|64|1024",
        "`\"num_hidden_layers\":32,\"hidden_size\":4544,\"num_attention_heads\":71,\"multi_query\":true`|71|1|64|",
        "`\"num_hidden_layers\":60,\"hidden_size\":8192,\"num_attention_heads\":128,\"num_kv_heads\":8,\"new_decoder_architecture\":true,\"multi_query\":true`|128|8|64|",
        "`\"num_layers\":28,\"hidden_size\":4096,\"num_attention_heads\":32,\"multi_query_attention\":true,\"multi_query_group_num\":2,\"kv_channels\":128,\"seq_length\":32768`|32|2|128|32768",
        "`\"num_hidden_layers\":40,\"hidden_size\":5120,\"num_attention_heads\":32,\"num_key_value_heads\":8,\"head_dim\":128`|32|8|128|",
        "`\"text_config\":{\"num_hidden_layers\":34,\"hidden_size\":2560,\"num_attention_heads\":8,\"num_key_value_heads\":4,\"head_dim\":256,\"max_position_embeddings\":131072}`|8|4|256|131072",
        "`\"num_hidden_layers\":2,\"hidden_size\":100,\"num_attention_heads\":3`|3|3||"
      })
  void otherFamiliesSpellItTheirWay(
      String config, Integer heads, Integer kvHeads, Integer headSize, Integer context)
      throws IOException {
    write("config.json", "{" + config + "}");

    ModelProfile profile = inspect().profile();

    assertThat(profile.heads()).isEqualTo(Optional.ofNullable(heads));
    assertThat(profile.kvHeads()).isEqualTo(Optional.ofNullable(kvHeads));
    assertThat(profile.headSize()).isEqualTo(Optional.ofNullable(headSize));
    assertThat(profile.contextTokens()).isEqualTo(Optional.ofNullable(context));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"type\":\"linear\",\"factor\":4.0}`|16384",
        "`{\"rope_type\":\"yarn\",\"factor\":4.0,\"original_max_position_embeddings\":32768}`|131072",
        "`{\"rope_type\":\"llama3\",\"factor\":8.0}`|4096",
        "`{\"type\":\"su\",\"factor\":8.0}`|4096",
        "`{\"type\":\"linear\",\"factor\":1e300}`|4096",
        "`\"nonsense\"`|4096"
      })
  void aStretchedContextIsAsLongAsTheEngineMakesIt(String scaling, int context) throws IOException {
    write(
        "config.json",
        "{\"num_hidden_layers\":2,\"max_position_embeddings\":4096,\"rope_scaling\":%s}"
            .formatted(scaling));
    assertThat(inspect().profile().contextTokens()).contains(context);
  }

  @Test
  void aWindowThatIsNotUsedIsNone() throws IOException {
    write(
        "config.json",
        "{\"num_hidden_layers\":2,\"sliding_window\":131072,\"use_sliding_window\":false}");
    assertThat(inspect().profile().slidingWindow()).isEmpty();
  }

  @Test
  void quantisationIsNamedByItsMethod() throws IOException {
    write("config.json", "{\"quantization_config\":{\"quant_method\":\"AWQ\",\"bits\":4}}");
    assertThat(inspect().profile().quantization()).contains("awq");
  }

  @Test
  void quantisationMayStandInAFileOfItsOwn() throws IOException {
    write("config.json", "{}");
    write("quantize_config.json", "{\"bits\":4}");
    assertThat(inspect().profile().quantization()).contains("gptq");
  }

  @Test
  void figuresAreNotGuessedFromNonsense() throws IOException {
    write(
        "config.json",
        "{\"architectures\":{},\"num_hidden_layers\":\"32\",\"hidden_size\":-1,\"num_attention_heads\":1e9,"
            + "\"max_position_embeddings\":99999999999}");
    assertThat(inspect().profile()).isEqualTo(nothing());
  }

  @Test
  void shardsOfTheIndexAreCountedOnceAndTheirDuplicateNot() throws IOException {
    SafetensorsFile.write(
        folder.resolve("model-00001-of-00002.safetensors"),
        """
        {"a":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},
         "b":{"dtype":"F32","shape":[4],"data_offsets":[12,28]}}""",
        28);
    SafetensorsFile.write(
        folder.resolve("model-00002-of-00002.safetensors"),
        "{\"c\":{\"dtype\":\"BF16\",\"shape\":[10],\"data_offsets\":[0,20]}}",
        20);
    SafetensorsFile.write(folder.resolve("consolidated.safetensors"), TWO_BYTES.formatted("a"), 2);
    index("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");

    Inspection inspection = inspect();

    assertThat(inspection.profile().parameters()).contains(20L);
    assertThat(inspection.profile().tensorBytes())
        .containsExactlyInAnyOrderEntriesOf(Map.of("BF16", 32L, "F32", 16L));
    assertThat(inspection.findings()).isEmpty();
  }

  @Test
  void aMissingShardIsFoundAndNoHalfSumIsGiven() throws IOException {
    SafetensorsFile.write(folder.resolve("one.safetensors"), TWO_BYTES.formatted("a"), 2);
    index("one.safetensors", "two.safetensors");

    Inspection inspection = inspect();

    assertThat(inspection.profile().parameters()).isEmpty();
    assertThat(inspection.findings())
        .containsExactly(
            new Finding(WeightSet.INDEX, "The index names 'two.safetensors', which is not here."));
  }

  @Test
  void aDamagedShardIsFoundByName() throws IOException {
    write("model.safetensors", "not really");

    Inspection inspection = inspect();

    assertThat(inspection.profile().tensorBytes()).isEmpty();
    assertThat(inspection.findings())
        .extracting(Finding::path)
        .containsExactly("model.safetensors");
  }

  @Test
  void anIndexThatPointsOutOfTheRepositoryReadsNothingThere() throws IOException {
    index("../../etc/passwd");
    assertThat(inspect().findings())
        .extracting(Finding::problem)
        .containsExactly("The index names '../../etc/passwd', which is not here.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":", "nonsense"})
  void aConfigThatCannotBeReadIsAFinding(String config) throws IOException {
    write("config.json", config);

    Inspection inspection = inspect();

    assertThat(inspection.findings()).extracting(Finding::path).containsExactly("config.json");
    assertThat(inspection.profile()).isEqualTo(nothing());
  }

  private static ModelProfile nothing() {
    return new ModelProfile(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  @Test
  void anIndexThatNamesShardsWithoutEndIsRefused() throws IOException {
    index(
        java.util.stream.IntStream.rangeClosed(0, WeightMap.MAX_SHARDS)
            .mapToObj(Integer::toString)
            .toArray(String[]::new));

    assertThat(inspect().findings())
        .extracting(Finding::problem)
        .containsExactly("The index names more than 10000 shards.");
  }

  private void index(String... shards) throws IOException {
    StringBuilder map = new StringBuilder();
    for (String shard : shards) {
      map.append(map.isEmpty() ? "" : ",").append("\"t").append(map.length()).append("\":\"");
      map.append(shard).append('"');
    }
    write(WeightSet.INDEX, "{\"metadata\":{\"total_size\":1},\"weight_map\":{" + map + "}}");
  }

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(UTF_8));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes);
  }

  private Inspection inspect() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return ModelInspector.inspect(
          ModelFiles.under(
              folder,
              paths
                  .filter(Files::isRegularFile)
                  .map(path -> folder.relativize(path).toString())
                  .toList()));
    }
  }
}
