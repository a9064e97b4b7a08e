package io.modeldepot.placement.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.placement.seed.SeedModel;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of the table of the seed's models. */
class SeedTableTest {
  private static final double GIB = 1L << 30;
  private static final long MIB = 1L << 20;
  private static final long RTX_5090 = 32_607 * MIB * 9 / 10;
  private static final long PRO_6000 = 97_887 * MIB * 9 / 10;

  @ParameterizedTest
  @CsvSource({
    "llama2-7b,     6738415616,  12.6,  6.3,  524288",
    "llama2-13b,    13015864320, 24.2,  12.1, 819200",
    "mistral-7b,    7241732096,  13.5,  6.7,  131072",
    "codellama-13b, 13016028160, 24.2,  12.1, 819200",
    "phi-2,         2779683840,  5.2,   2.6,  327680",
    "qwen-7b,       7721324544,  14.4,  7.2,  524288",
    "llama2-70b,    68976648192, 128.5, 64.2, 327680"
  })
  void weightsAndCachePerTokenAreThePublishedOnes(
      String model, long parameters, String halfGib, String int8Gib, long kvBytesPerToken) {
    ModelShape shape = SeedModel.named(model).shape();

    assertThat(shape.parameters()).isEqualTo(parameters);
    assertThat(gib(shape.weightsBytes(shape.stored()))).isEqualTo(halfGib);
    assertThat(gib(shape.weightsBytes(Variant.INT8))).isEqualTo(int8Gib);
    assertThat(shape.kvBytesPerToken(shape.stored())).isEqualTo(kvBytesPerToken);
  }

  @ParameterizedTest
  @CsvSource({
    "llama2-7b,     fp16, 6,  35",
    "mistral-7b,    bf16, 23, 138",
    "codellama-13b, bf16, 0,  18",
    "llama2-13b,    fp16, 0,  18",
    "phi-2,         fp16, 33, 125",
    "qwen-7b,       bf16, 5,  34",
    "llama2-70b,    fp16, 0,  0",
    "llama2-70b,    fp8,  0,  11"
  })
  void soManyUsersFitAtFullContext(String model, String variant, int on5090, int onPro6000) {
    SeedModel seed = SeedModel.named(model);
    Variant form = Variant.named(variant).orElseThrow();

    assertThat(seed.memory().usersThatFit(RTX_5090, form, seed.contextTokens(), 1))
        .isEqualTo(on5090);
    assertThat(seed.memory().usersThatFit(PRO_6000, form, seed.contextTokens(), 1))
        .isEqualTo(onPro6000);
  }

  @Test
  void theSeventyBillionDoNotFitBothGpusTogetherBecauseTheSmallerBoundsThem() {
    assertThat(SeedModel.LLAMA2_70B.memory().usersThatFit(RTX_5090, Variant.FP16, 4096, 2))
        .isZero();
  }

  @Test
  void aboutFiveHundredTokensAreLeftForCodeLlamaOnTheSmallerGpu() {
    assertThat(
            SeedModel.CODELLAMA_13B
                .memory()
                .contextThatFits(RTX_5090, Variant.BF16, 1, 1)
                .orElseThrow())
        .isBetween(450, 600);
  }

  @Test
  void codeLlamaIsTwoPointSevenGibShortOfTheSmallerGpuAtFourThousandTokens() {
    Breakdown one = SeedModel.CODELLAMA_13B.memory().breakdown(new Ask(Variant.BF16, 1, 4096, 1));

    assertThat(gib(one.weightsBytes())).isEqualTo("24.7");
    assertThat(gib(one.kvBytes())).isEqualTo("3.1");
    assertThat(gib(one.overheadBytes())).isEqualTo("3.5");
    assertThat(gib(one.bytesPerGpu())).isEqualTo("31.4");
    assertThat(gib(one.shortBytes(RTX_5090))).isEqualTo("2.7");
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIB);
  }
}
