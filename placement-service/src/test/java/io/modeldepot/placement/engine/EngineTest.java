package io.modeldepot.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.EngineFile;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final String COMMIT = "01c7f73d771dfac7d292323805ebc428287df4f9";

  @Test
  void vllmIsToldEverythingThatWasPlanned() {
    Launch launch = Launches.of(SeedModel.LLAMA2_7B, Variant.FP16, 10, "1");

    assertThat(Vllm.environment(launch))
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
        .containsEntry("CUDA_VISIBLE_DEVICES", "1");
    assertThat(Vllm.arguments(launch))
        .containsExactly(
            "/opt/ai-models/versions/llama2-7b/" + COMMIT,
            "--served-model-name=llama2-7b",
            "--tensor-parallel-size=1",
            "--gpu-memory-utilization=0.3740",
            "--max-model-len=4096",
            "--max-num-seqs=10",
            "--dtype=float16");
  }

  @Test
  void sixteenBitFilesServedInEightAreQuantisedByTheEngine() {
    assertThat(Vllm.arguments(Launches.of(SeedModel.MISTRAL_7B, Variant.FP8, 10, "1")))
        .contains("--dtype=bfloat16", "--quantization=fp8");
  }

  @Test
  void aSliceIsNamedByItsUuid() {
    String slice = "MIG-b3061c09-2a4c-5026-a575-79f86a5bb12c";

    assertThat(Vllm.environment(Launches.of(SeedModel.PHI_2, Variant.FP16, 15, slice)))
        .containsEntry("CUDA_VISIBLE_DEVICES", slice);
  }

  @Test
  void theSharesOfAllEnginesOnAGpuAreWithinWhatIsUsableOfIt() {
    var plan =
        Solver.solve(
            SeedFleet.both(), SeedModel.demands(), Assignments.NONE, Effort.steps(500, 100_000), 1);
    var gpu = SeedFleet.both().find(SeedFleet.LARGE).orElseThrow();

    BigDecimal sum =
        plan.placed().on(SeedFleet.LARGE).stream()
            .map(
                one ->
                    Launch.of(
                            SeedModel.named(one.replica().model().value()).demand(),
                            one,
                            gpu.kind(),
                            "/m")
                        .utilisation())
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(plan.placed().on(SeedFleet.LARGE)).hasSizeGreaterThan(1);
    assertThat(sum).isLessThan(new BigDecimal("0.901"));
  }

  @Test
  void aModelRepositoryForTritonHasItsConfigurationAndTheEnginesArguments() throws Exception {
    List<EngineFile> files = Triton.files(Launches.of(SeedModel.LLAMA2_7B, Variant.FP16, 10, "1"));

    assertThat(files)
        .extracting(EngineFile::path)
        .containsExactly("llama2-7b/config.pbtxt", "llama2-7b/1/model.json");
    assertThat(files.getFirst().content())
        .startsWith(
            """
            name: "llama2-7b"
            backend: "vllm"
            instance_group [
              {
                count: 1
                kind: KIND_MODEL
              }
            ]
            parameters {
              key: "depot_digest"
            """);
    JsonNode arguments = Wire.mapper().readTree(files.getLast().content());
    assertThat(arguments.path("model").asText())
        .isEqualTo("/opt/ai-models/versions/llama2-7b/" + COMMIT);
    assertThat(arguments.path("gpu_memory_utilization").asDouble()).isEqualTo(0.374);
    assertThat(arguments.path("max_num_seqs").asInt()).isEqualTo(10);
  }

  @Test
  void filesThatAreQuantisedSayItThemselves() {
    Launch honest = Launches.of(SeedModel.LLAMA2_7B, Variant.AWQ, 10, "1");
    Launch launch =
        new Launch(honest.model(), honest.path(), honest.assignment(), honest.kind(), Variant.AWQ);

    assertThat(Vllm.arguments(launch)).noneMatch(it -> it.startsWith("--quantization"));
    assertThat(Vllm.arguments(launch)).contains("--dtype=float16");
  }

  @Test
  void shardsAreCountedAndNamedInTheirOrder() {
    Launch launch = Launches.of(SeedModel.LLAMA2_7B, Variant.FP16, 10, "2", "3");

    assertThat(Vllm.arguments(launch)).contains("--tensor-parallel-size=2");
    assertThat(Vllm.environment(launch)).containsEntry("CUDA_VISIBLE_DEVICES", "2,3");
  }
}
