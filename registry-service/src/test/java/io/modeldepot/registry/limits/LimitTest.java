package io.modeldepot.registry.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void whoHasBeenQuietMayAskTenSecondsWorthAtOnceAndThenAsOftenAsItSays() {
    Limit limit = new Limit(5);

    assertThat(taken(limit, "ada", 60, 0)).isEqualTo(50);
    assertThat(taken(limit, "ada", 60, SECOND)).isEqualTo(5);
    assertThat(taken(limit, "ada", 60, SECOND + SECOND / 5)).isEqualTo(1);
    assertThat(taken(limit, "ada", 100, 100 * SECOND)).isEqualTo(50);
  }

  @Test
  void othersAreNotTouched() {
    Limit limit = new Limit(1);

    assertThat(taken(limit, "ada", 100, 0)).isEqualTo(10);
    assertThat(taken(limit, "eve", 100, 0)).isEqualTo(10);
  }

  @Test
  void aClockThatStandsOrSeemsToGoBackGivesNothing() {
    Limit limit = new Limit(1);

    assertThat(taken(limit, "ada", 100, 5 * SECOND)).isEqualTo(10);
    assertThat(taken(limit, "ada", 100, 4 * SECOND)).isZero();
    assertThat(taken(limit, "ada", 100, 5 * SECOND)).isZero();
  }

  @Test
  void noneIsNone() {
    assertThat(taken(new Limit(0), "ada", 10_000, 0)).isEqualTo(10_000);
    assertThatThrownBy(() -> new Limit(-1)).hasMessageContaining("0 for none");
  }

  private static int taken(Limit limit, String who, int asked, long nanos) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += limit.takes(who, nanos) ? 1 : 0;
    }
    return taken;
  }
}
