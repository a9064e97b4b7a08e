package io.modeldepot.placement.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.memory.Calibrations.Calibration;
import io.modeldepot.placement.memory.Calibrations.Measurement;
import io.modeldepot.placement.seed.SeedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationsTest {
  private static final String GPU = "NVIDIA GeForce RTX 5090";

  @Test
  void aMeasurementReplacesTheConstantsAndSaysHowFarOffThePlanWas() {
    Breakdown planned = SeedModel.LLAMA2_7B.memory().breakdown(new Ask(Variant.FP16, 4, 4096, 1));
    Measurement measured =
        new Measurement("llama2-7b", GPU, planned, planned.bytesPerGpu() - 500_000_000);

    Calibrations after = Calibrations.NONE.with(EngineCosts.VLLM, List.of(measured));

    Calibration found = after.find(EngineCosts.VLLM, "llama2-7b", GPU).orElseThrow();
    assertThat(found.errorBeforeBytes()).isEqualTo(500_000_000);
    assertThat(found.errorAfterBytes()).isZero();
    assertThat(found.costs().fixedBytesPerGpu())
        .isEqualTo(EngineCosts.VLLM.fixedBytesPerGpu() - 500_000_000);
    assertThat(found.costs().engine()).isEqualTo("vllm/calibrated");
  }

  @Test
  void ofSeveralMeasurementsTheWorstCounts() {
    Breakdown planned = SeedModel.LLAMA2_7B.memory().breakdown(new Ask(Variant.FP16, 4, 4096, 1));
    Calibrations after =
        Calibrations.NONE.with(
            EngineCosts.VLLM,
            List.of(
                new Measurement("llama2-7b", GPU, planned, planned.bytesPerGpu() - 400_000_000),
                new Measurement("llama2-7b", GPU, planned, planned.bytesPerGpu() + 100_000_000)));

    EngineCosts costs = after.costs(EngineCosts.VLLM, "llama2-7b", GPU);

    assertThat(costs.fixedBytesPerGpu())
        .isEqualTo(EngineCosts.VLLM.fixedBytesPerGpu() + 100_000_000);
  }

  @Test
  void whatNobodyMeasuredKeepsTheDocumentedConstants() {
    assertThat(Calibrations.NONE.costs(EngineCosts.VLLM, "phi-2", GPU)).isEqualTo(EngineCosts.VLLM);
  }
}
