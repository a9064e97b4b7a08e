package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is measured on the way: the rate that people see, and the length of a range. */
class RatesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MIB = 1 << 20;

  @Test
  void oneSampleIsNoRate() {
    ProgressMeter meter = new ProgressMeter();
    meter.sample(0, 0);

    assertThat(meter.bytesPerSecond()).isEmpty();
  }

  @Test
  void twoSamplesAtOneTimeAreNoRate() {
    ProgressMeter meter = new ProgressMeter();
    meter.sample(5, 0);
    meter.sample(5, 100);

    assertThat(meter.bytesPerSecond()).isEmpty();
  }

  @Test
  void theRateIsTheMeanOfTheLastTenSamples() {
    ProgressMeter meter = new ProgressMeter();
    meter.sample(0, 0);
    for (int i = 1; i <= 20; i++) {
      meter.sample(i * SECOND, i <= 10 ? i * 1000 : 10_000 + (i - 10) * 50);
    }

    assertThat(meter.bytesPerSecond()).contains(50L);
  }

  @Test
  void theRestIsRoundedUpToSeconds() {
    ProgressMeter meter = new ProgressMeter();
    meter.sample(0, 0);
    meter.sample(SECOND, 100);

    assertThat(meter.etaSeconds(101)).contains(2L);
  }

  @Test
  void aRateOfNothingHasNoEnd() {
    ProgressMeter meter = new ProgressMeter();
    meter.sample(0, 100);
    meter.sample(SECOND, 100);

    assertThat(meter.etaSeconds(1)).isEmpty();
  }

  @Test
  void rangesBeginWithOneBlock() {
    assertThat(new RangeSize().blocks()).isEqualTo(1);
  }

  @Test
  void aHubThatAnswersAtOnceIsAskedForOneBlock() {
    RangeSize size = new RangeSize();
    size.learn(1_000_000, 16 * MIB, SECOND);

    assertThat(size.blocks()).isEqualTo(1);
  }

  @Test
  void aHubThatIsSlowToAnswerIsAskedForMore() {
    RangeSize size = new RangeSize();
    size.learn(SECOND / 10, 16 * MIB, SECOND);

    assertThat(size.blocks()).isEqualTo(2);
  }

  @Test
  void aRangeIsNeverLongerThanTheLongest() {
    RangeSize size = new RangeSize();
    size.learn(60 * SECOND, 1000 * MIB, SECOND);

    assertThat(size.blocks()).isEqualTo(RangeSize.MOST_BLOCKS);
  }

  @Test
  void aRangeThatBroughtNothingTeachesNothing() {
    RangeSize size = new RangeSize();
    size.learn(60 * SECOND, 0, SECOND);

    assertThat(size.blocks()).isEqualTo(1);
  }
}
