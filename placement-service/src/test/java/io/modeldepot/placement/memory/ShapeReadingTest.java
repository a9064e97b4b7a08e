package io.modeldepot.placement.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.placement.seed.SeedModel;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapeReadingTest {

  @Test
  void theFilesAreBelievedWhileTheyAreNearTheConfiguration() {
    ModelShape shape = known(profile(7_000_000_000L, 6_738_415_616L, Optional.empty()));

    assertThat(shape.parameters()).isEqualTo(7_000_000_000L);
    assertThat(shape.remarks()).isEmpty();
  }

  @Test
  void filesThatHoldAPartOfTheModelAreNotBelievedAndARemarkSaysSo() {
    ModelShape shape = known(profile(3_145_728L, 6_738_415_616L, Optional.empty()));

    assertThat(shape.parameters()).isEqualTo(6_738_415_616L);
    assertThat(shape.weightsBytes(Variant.FP16)).isEqualTo(13_476_831_232L);
    assertThat(shape.remarks())
        .containsExactly(
            "The files hold 3,145,728 parameters, config.json describes 6,738,415,616; the latter"
                + " are used.");
  }

  @Test
  void theRemarkIsInEveryBreakdown() {
    ModelShape shape = known(profile(3_145_728L, 6_738_415_616L, Optional.empty()));

    assertThat(
            new MemoryModel(shape, EngineCosts.VLLM)
                .breakdown(new Ask(Variant.FP16, 1, 4096, 1))
                .remarks())
        .hasSize(1);
  }

  @Test
  void packedElementsOfQuantisedFilesAreNotCompared() {
    ModelShape shape = known(profile(900_000_000L, 6_738_415_616L, Optional.of("awq")));

    assertThat(shape.stored()).isEqualTo(Variant.AWQ);
    assertThat(shape.parameters()).isEqualTo(6_738_415_616L);
    assertThat(shape.weightsBytes(Variant.AWQ)).isEqualTo(1_800_000_000L);
    assertThat(shape.remarks()).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() {
    ModelProfile empty =
        new ModelProfile(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.of(32),
            Optional.empty(),
            Optional.of(32),
            Optional.empty(),
            Optional.empty(),
            Optional.of(2048),
            Optional.empty(),
            Optional.empty(),
            false,
            false);

    assertThat(ShapeReading.of(empty))
        .isEqualTo(new ShapeReading.Unknown(java.util.List.of("headSize", "tensorBytes")));
  }

  @Test
  void integerFormsNeedFilesOfTheirOwnAndEightBitFloatDoesNot() {
    assertThat(Variant.FP16.canBeServedAs(Variant.FP8)).isTrue();
    assertThat(Variant.FP32.canBeServedAs(Variant.FP16)).isTrue();
    assertThat(Variant.BF16.canBeServedAs(Variant.AWQ)).isFalse();
    assertThat(Variant.AWQ.canBeServedAs(Variant.FP16)).isFalse();
    assertThat(Variant.AWQ.canBeServedAs(Variant.AWQ)).isTrue();
  }

  private static ModelShape known(ModelProfile profile) {
    return ((ShapeReading.Known) ShapeReading.of(profile)).shape();
  }

  private static ModelProfile profile(long counted, long stated, Optional<String> quantization) {
    ModelProfile of = SeedModel.LLAMA2_7B.profile();
    return new ModelProfile(
        of.architecture(),
        Optional.of(counted),
        Optional.of(stated),
        Map.of("F16", counted * 2),
        of.layers(),
        of.hiddenSize(),
        of.heads(),
        of.kvHeads(),
        of.headSize(),
        of.contextTokens(),
        of.slidingWindow(),
        quantization,
        false,
        false);
  }
}
