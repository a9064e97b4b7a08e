package io.modeldepot.downloader.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BandwidthTest {
  private final TestTime time = new TestTime();
  private final CancelToken cancel = new CancelToken();
  private final Bandwidth thousand = Bandwidth.of(1000, time);

  @Test
  void aQuarterOfASecondsWorthPassesAtOnce() {
    assertThat(thousand.draw(250, cancel)).isTrue();
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void whatIsDrawnBeyondIsWaitedFor() {
    boolean unused = thousand.draw(1250, cancel);

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void manyDrawsTakeAsLongAsOne() {
    for (int i = 0; i < 125; i++) {
      boolean unused = thousand.draw(10, cancel);
    }

    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aLongRestDoesNotFillMoreThanTheBucket() {
    time.move(Duration.ofHours(1));

    boolean unused = thousand.draw(1250, cancel);

    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aDebtIsPaidByTheNext() {
    CancelToken cancelled = new CancelToken();
    cancelled.cancel();
    boolean unused = thousand.draw(1250, cancelled);

    boolean drawn = thousand.draw(1000, cancel);

    assertThat(drawn).isTrue();
    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void whoIsCancelledDoesNotWait() {
    cancel.cancel();

    assertThat(thousand.draw(5000, cancel)).isFalse();
  }

  @Test
  void withoutACapNobodyWaits() {
    assertThat(Bandwidth.unlimited().draw(Long.MAX_VALUE, cancel)).isTrue();
  }

  @Test
  void aCapOfNothingIsRefused() {
    assertThatThrownBy(() -> Bandwidth.of(0, time)).isInstanceOf(IllegalArgumentException.class);
  }
}
