package io.modeldepot.placement.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.placement.seed.SeedModel;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryModelTest {
  private static final long GIB = 1L << 30;

  @Test
  void twoShardsHalveWeightsAndCacheAndPayTheEngineTwice() {
    MemoryModel llama = SeedModel.LLAMA2_7B.memory();

    Breakdown whole = llama.breakdown(new Ask(Variant.FP16, 8, 4096, 1));
    Breakdown half = llama.breakdown(new Ask(Variant.FP16, 8, 4096, 2));

    assertThat(half.kvBytes() * 2).isEqualTo(whole.kvBytes());
    assertThat(half.weightsBytes() * 2 - whole.weightsBytes()).isBetween(0L, 2L);
    assertThat(half.overheadBytes() * 2 - whole.overheadBytes())
        .isBetween(EngineCosts.VLLM.fixedBytesPerGpu(), EngineCosts.VLLM.fixedBytesPerGpu() + 2);
  }

  @Test
  void aShardKeepsAtLeastOneHeadOfTheCache() {
    MemoryModel seventy = SeedModel.LLAMA2_70B.memory();

    assertThat(seventy.breakdown(new Ask(Variant.FP16, 1, 4096, 16)).kvBytes())
        .isEqualTo(seventy.breakdown(new Ask(Variant.FP16, 1, 4096, 8)).kvBytes());
  }

  @ParameterizedTest
  @CsvSource({"1,true", "2,true", "4,true", "5,false", "8,true", "3,false", "7,false"})
  void headsAreDividedEvenly(int shards, boolean possible) {
    assertThat(SeedModel.LLAMA2_70B.shape().canBeCutInto(shards)).isEqualTo(possible);
  }

  @Test
  void aCutThatHeadsDoNotAllowIsRefusedInWords() {
    assertThatThrownBy(
            () -> SeedModel.LLAMA2_70B.memory().breakdown(new Ask(Variant.FP16, 1, 4096, 3)))
        .hasMessage("64 heads cannot be divided over 3 GPUs.");
  }

  @Test
  void theWindowCutsTheCacheOnlyUnderAnEngineThatForgets() {
    ModelShape mistral = SeedModel.MISTRAL_7B.shape();
    Ask asked = new Ask(Variant.BF16, 1, 32_768, 1);
    EngineCosts forgets = EngineCosts.VLLM.withWindowUse(EngineCosts.WindowUse.CUT);

    assertThat(new MemoryModel(mistral, EngineCosts.VLLM).breakdown(asked).kvBytes())
        .isEqualTo(4 * GIB);
    assertThat(new MemoryModel(mistral, forgets).breakdown(asked).kvBytes()).isEqualTo(GIB / 2);
    assertThat(new MemoryModel(mistral, forgets).contextThatFits(18 * GIB, Variant.BF16, 1, 1))
        .hasValue(32_768);
  }

  @Test
  void whatFitsFitsAndOneMoreDoesNot() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      SeedModel model = SeedModel.values()[random.nextInt(SeedModel.values().length)];
      Variant variant = Variant.values()[random.nextInt(Variant.values().length)];
      int shards = 1 << random.nextInt(4);
      int context = 1 + random.nextInt(model.shape().contextTokens());
      long usable = random.nextLong(160 * GIB);
      MemoryModel memory = model.memory();
      if (!model.shape().canBeCutInto(shards)) {
        continue;
      }

      int users = memory.usersThatFit(usable, variant, context, shards);
      if (users > 0) {
        Breakdown fits = memory.breakdown(new Ask(variant, users, context, shards));
        assertThat(fits.bytesPerGpu()).as("seed %d", seed).isLessThanOrEqualTo(usable);
      }
      assertThat(memory.breakdown(new Ask(variant, users + 1, context, shards)).bytesPerGpu())
          .as("seed %d", seed)
          .isGreaterThan(usable);

      OptionalInt longest = memory.contextThatFits(usable, variant, users + 1, shards);
      longest.ifPresent(
          tokens ->
              assertThat(
                      memory.breakdown(new Ask(variant, users + 1, tokens, shards)).bytesPerGpu())
                  .as("seed %d", seed)
                  .isLessThanOrEqualTo(usable));
    }
  }

  @Test
  void absurdNumbersAreMoreThanAnyGpuHasAndNeverWrapAround() {
    Breakdown absurd =
        SeedModel.LLAMA2_13B
            .memory()
            .breakdown(new Ask(Variant.FP16, Integer.MAX_VALUE, 1 << 28, 1));

    assertThat(absurd.bytesPerGpu()).isGreaterThan(1L << 57);
  }
}
