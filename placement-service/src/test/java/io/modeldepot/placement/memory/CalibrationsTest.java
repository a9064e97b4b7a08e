package io.modeldepot.placement.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.memory.Calibrations.Calibration;
import io.modeldepot.placement.memory.Calibrations.Measurement;
import io.modeldepot.placement.seed.SeedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationsTest {
  private static final String GPU = "NVIDIA GeForce RTX 5090";
  private static final long STEP = 64L << 20;
  private static final Breakdown PLANNED =
      SeedModel.LLAMA2_7B.memory().breakdown(new Ask(Variant.FP16, 4, 4096, 1));

  /** An engine whose fixed part is so much larger than documented. */
  private static Measurement off(long bytes) {
    return new Measurement(
        "llama2-7b", GPU, PLANNED, PLANNED.bytesPerGpu() + bytes, PLANNED.kvBytes());
  }

  private static Calibration calibrated(Measurement... measured) {
    return Calibrations.NONE
        .with(EngineCosts.VLLM, List.of(measured))
        .find(EngineCosts.VLLM, "llama2-7b", GPU)
        .orElseThrow();
  }

  @Test
  void aMeasurementReplacesTheConstantsAndSaysHowFarOffThePlanWas() {
    Calibration found = calibrated(off(-500_000_000));

    assertThat(found.errorBeforeBytes()).isEqualTo(500_000_000);
    assertThat(found.errorAfterBytes()).as("what rounding up adds").isLessThan(STEP);
    assertThat(found.costs().fixedBytesPerGpu())
        .isBetween(
            EngineCosts.VLLM.fixedBytesPerGpu() - 500_000_000,
            EngineCosts.VLLM.fixedBytesPerGpu() - 500_000_000 + STEP);
    assertThat(found.costs().engine()).isEqualTo("vllm/calibrated");
  }

  @Test
  void aLargerCacheThanPlannedIsNoLargerEngine() {
    Measurement filled =
        new Measurement(
            "llama2-7b",
            GPU,
            PLANNED,
            PLANNED.bytesPerGpu() + 3_000_000_000L,
            PLANNED.kvBytes() + 3_000_000_000L);

    assertThat(calibrated(filled).errorBeforeBytes()).isZero();
  }

  @Test
  void ofSeveralMeasurementsTheWorstCounts() {
    Calibration found = calibrated(off(-400_000_000), off(100_000_000));

    assertThat(found.measurements()).isEqualTo(2);
    assertThat(found.costs().fixedBytesPerGpu())
        .isGreaterThanOrEqualTo(EngineCosts.VLLM.fixedBytesPerGpu() + 100_000_000);
  }

  @Test
  void noEngineIsBelievedToNeedLessThanTheDocumentedLeast() {
    Calibration found = calibrated(off(-EngineCosts.VLLM.fixedBytesPerGpu() - 200_000_000));

    assertThat(found.costs().fixedBytesPerGpu()).isEqualTo(EngineCosts.LEAST_FIXED_BYTES);
  }

  @Test
  void whatCannotBeTrueIsLeftOutAndSaysWhy() {
    Measurement tooMuch = off(20L << 30);
    Measurement tooLittle =
        new Measurement("llama2-7b", GPU, PLANNED, PLANNED.weightsBytes(), PLANNED.kvBytes());
    Measurement empty = new Measurement("llama2-7b", GPU, PLANNED, PLANNED.bytesPerGpu(), 0);

    assertThat(tooMuch.fault(EngineCosts.VLLM)).get().asString().contains("somebody else's");
    assertThat(tooLittle.fault(EngineCosts.VLLM))
        .get()
        .asString()
        .contains("less than its weights");
    assertThat(empty.fault(EngineCosts.VLLM)).contains("It has no KV cache.");
    assertThat(
            Calibrations.NONE.with(EngineCosts.VLLM, List.of(tooMuch, tooLittle, empty)).entries())
        .isEmpty();
    assertThat(calibrated(tooMuch, off(0)).measurements()).isEqualTo(1);
  }

  @Test
  void aMeasurementThatSwaysALittleChangesNothing() {
    Calibrations one = Calibrations.NONE.with(EngineCosts.VLLM, List.of(off(1_000_000)));
    Calibrations other = Calibrations.NONE.with(EngineCosts.VLLM, List.of(off(3_000_000)));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(Calibrations.NONE);
  }

  @Test
  void whatNobodyMeasuredKeepsTheDocumentedConstants() {
    assertThat(Calibrations.NONE.costs(EngineCosts.VLLM, "phi-2", GPU)).isEqualTo(EngineCosts.VLLM);
  }
}
