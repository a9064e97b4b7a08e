package io.modeldepot.registry.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Breaker breaker = new Breaker();

  @Test
  void itIsTriedUntilTheThirdFailureInSuccession() {
    assertThat(breaker.bad(0)).isFalse();
    assertThat(breaker.bad(0)).isFalse();
    assertThat(breaker.lets(0)).isTrue();

    assertThat(breaker.bad(0)).isTrue();

    assertThat(breaker.lets(0)).isFalse();
    assertThat(breaker.lets(SECOND - 1)).isFalse();
  }

  @Test
  void successInBetweenBeginsTheCountAnew() {
    failTwice();
    assertThat(breaker.good()).isFalse();

    failTwice();

    assertThat(breaker.lets(0)).isTrue();
  }

  @Test
  void afterThePauseOneAloneTries() {
    open();

    assertThat(breaker.lets(SECOND)).isTrue();
    assertThat(breaker.lets(SECOND)).isFalse();
  }

  @Test
  void aTryThatFailsDoublesThePauseAndIsNoNews() {
    open();
    assertThat(breaker.lets(SECOND)).isTrue();

    assertThat(breaker.bad(SECOND)).isFalse();

    assertThat(breaker.lets(3 * SECOND - 1)).isFalse();
    assertThat(breaker.lets(3 * SECOND)).isTrue();
  }

  @Test
  void thePauseIsHalfAMinuteAtMost() {
    open();
    long now = SECOND;
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.lets(now)).isTrue();
      assertThat(breaker.bad(now)).isFalse();
      now += 30 * SECOND;
    }

    assertThat(breaker.lets(now)).isTrue();
  }

  @Test
  void aTryThatSucceedsLetsEverybodyInAndIsNews() {
    open();
    assertThat(breaker.lets(SECOND)).isTrue();

    assertThat(breaker.good()).isTrue();

    assertThat(breaker.lets(SECOND)).isTrue();
    assertThat(breaker.lets(SECOND)).isTrue();
  }

  private void failTwice() {
    breaker.bad(0);
    breaker.bad(0);
  }

  private void open() {
    failTwice();
    breaker.bad(0);
  }
}
