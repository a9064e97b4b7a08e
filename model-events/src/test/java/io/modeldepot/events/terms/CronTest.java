package io.modeldepot.events.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 3 * * *       | 2026-11-24T03:20:00Z | 2026-11-24T03:00:00Z
          */15 * * * *    | 2026-11-24T09:44:59Z | 2026-11-24T09:30:00Z
          5,40 1-4 * * *  | 2026-11-24T04:39:00Z | 2026-11-24T04:05:00Z
          0 9 * * 2       | 2026-11-24T09:01:00Z | 2026-11-24T09:00:00Z
          0 9 1 * 2       | 2026-11-24T09:01:00Z | 2026-11-24T09:00:00Z
          0 9 * * 7       | 2026-11-29T09:59:00Z | 2026-11-29T09:00:00Z
          """)
  void aScheduleWasDueAt(String cron, Instant now, Instant due) {
    assertThat(Cron.parse(cron).lastDue(now, Duration.ofHours(1))).contains(due);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 3 * * *       | 2026-11-24T04:01:00Z
          0 9 * * 1       | 2026-11-24T09:01:00Z
          0 9 25 * *      | 2026-11-24T09:01:00Z
          0 9 * 12 *      | 2026-11-24T09:01:00Z
          """)
  void aScheduleWasNotDue(String cron, Instant now) {
    assertThat(Cron.parse(cron).lastDue(now, Duration.ofHours(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "* * * *", "60 * * * *", "a * * * *", "5-1 * * * *", "1/2/3 * * * *"})
  void whatIsNoScheduleIsRefused(String cron) {
    assertThatThrownBy(() -> Cron.parse(cron)).isInstanceOf(IllegalArgumentException.class);
  }
}
