package io.modeldepot.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import io.modeldepot.events.state.EngineFile;
import io.modeldepot.events.terms.EngineMark;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.seed.SeedModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a model repository, read as Triton and its vLLM backend read them. */
class TritonTest {
  /** What the backend hands to the engine; of these the engine knows every one. */
  private static final Set<String> ENGINE_ARGUMENTS =
      Set.of(
          "model",
          "served_model_name",
          "tensor_parallel_size",
          "gpu_memory_utilization",
          "max_model_len",
          "max_num_seqs",
          "dtype",
          "quantization");

  @ParameterizedTest
  @EnumSource
  void theConfigurationOfEveryModelOfTheSeedIsOneByThePublishedSchema(SeedModel model)
      throws Exception {
    Launch launch = Launches.of(model, Variant.FP16, 1, "1");

    DynamicMessage read = TritonSchema.parse(configuration(launch));

    assertThat(TritonSchema.field(read, "name")).isEqualTo(launch.model());
    assertThat(TritonSchema.field(read, "backend")).isEqualTo("vllm");
    List<?> groups = (List<?>) TritonSchema.field(read, "instance_group");
    assertThat(groups).hasSize(1);
    DynamicMessage group = (DynamicMessage) groups.getFirst();
    assertThat(TritonSchema.field(group, "count")).isEqualTo(1);
    assertThat(((EnumValueDescriptor) TritonSchema.field(group, "kind")).getName())
        .as("the engine sees to the devices itself")
        .isEqualTo("KIND_MODEL");
    List<?> parameters = (List<?>) TritonSchema.field(read, "parameters");
    assertThat(parameters).hasSize(1);
    DynamicMessage parameter = (DynamicMessage) parameters.getFirst();
    assertThat(TritonSchema.field(parameter, "key")).isEqualTo(EngineMark.PARAMETER);
    assertThat(
            TritonSchema.field(
                (DynamicMessage) TritonSchema.field(parameter, "value"), "string_value"))
        .isEqualTo(EngineMark.in(configuration(launch)).orElseThrow());
  }

  @Test
  void theArgumentsAreThoseOfTheEngineAndOfTheirTypes() throws Exception {
    JsonNode arguments =
        Wire.mapper()
            .readTree(arguments(Launches.of(SeedModel.MISTRAL_7B, Variant.FP8, 10, "0", "1")));

    Set<String> names = new TreeSet<>();
    arguments.fieldNames().forEachRemaining(names::add);
    assertThat(ENGINE_ARGUMENTS).containsAll(names);
    assertThat(arguments.path("gpu_memory_utilization").isNumber()).isTrue();
    assertThat(arguments.path("tensor_parallel_size").intValue()).isEqualTo(2);
    assertThat(arguments.path("quantization").asText()).isEqualTo("fp8");
  }

  @Test
  void anotherDecisionHasAnotherMarkAndTheSameOneTheSame() {
    String ten = configuration(Launches.of(SeedModel.PHI_2, Variant.FP16, 10, "0"));

    assertThat(EngineMark.in(configuration(Launches.of(SeedModel.PHI_2, Variant.FP16, 10, "0"))))
        .isEqualTo(EngineMark.in(ten));
    assertThat(EngineMark.in(configuration(Launches.of(SeedModel.PHI_2, Variant.FP16, 9, "0"))))
        .isPresent()
        .isNotEqualTo(EngineMark.in(ten));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus: 1",
        "name: 7",
        "instance_group [ { kind: KIND_NONE } ]",
        "parameters { key: \"a\" value { int_value: 1 } }",
        "name: \"a\" name: \"b\"",
        "name: \"a"
      })
  void whatIsNoConfigurationIsFoundOutByTheSameParser(String text) {
    assertThatThrownBy(() -> TritonSchema.parse(text))
        .isInstanceOf(TextFormat.ParseException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"\nbackend: \"python",
        "a\\",
        "a\u0000b",
        "../../etc",
        "a\u2028b",
        "\u202egpj.x",
        "Ünïcode 🙂"
      })
  void aHostileNameStaysAName(String hostile) throws Exception {
    Launch honest = Launches.of(SeedModel.PHI_2, Variant.FP16, 1, "0");
    Launch launch =
        new Launch(
            hostile, honest.path() + hostile, honest.assignment(), honest.kind(), honest.stored());

    DynamicMessage read = TritonSchema.parse(configuration(launch));

    assertThat(TritonSchema.field(read, "name")).isEqualTo(hostile);
    assertThat(TritonSchema.field(read, "backend")).isEqualTo("vllm");
    assertThat(Wire.mapper().readTree(arguments(launch)).path("served_model_name").asText())
        .isEqualTo(hostile);
  }

  private static String configuration(Launch launch) {
    List<EngineFile> files = Triton.files(launch);
    return files.getFirst().content();
  }

  private static String arguments(Launch launch) {
    return Triton.files(launch).getLast().content();
  }
}
