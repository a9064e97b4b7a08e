package io.modeldepot.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockRangesTest {
  @Test
  void theExampleOfTheFormatIsReadAndWritten() {
    BlockRanges ranges = BlockRanges.of("0-299,304");

    assertThat(ranges.count()).isEqualTo(301);
    assertThat(ranges.contains(304)).isTrue();
    assertThat(ranges.contains(300)).isFalse();
    assertThat(BlockRanges.of(ranges.toBits())).hasToString("0-299,304");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1-", "-1", "3-1", "1,1", "0-3,4", "5,1", " 1", "1,", ",1", "01"})
  void anotherFormIsRefused(String text) {
    assertThatThrownBy(() -> BlockRanges.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everySetIsReadAsItWasWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      BitSet blocks = new BitSet();
      for (int i = random.nextInt(40); i > 0; i--) {
        blocks.set(random.nextInt(60));
      }
      assertThat(BlockRanges.of(BlockRanges.of(blocks).text()).toBits())
          .as("seed %s", seed)
          .isEqualTo(blocks);
    }
  }
}
