package io.modeldepot.registry.notify.absence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a backup is missed. */
class ExpectedTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 1 * * *   | 2026-11-27T01:29:59Z | 2026-11-25T01:30:00Z
          30 1 * * *   | 2026-11-27T01:30:00Z | 2026-11-26T01:30:00Z
          30 1 * * *   | 2026-11-27T23:59:00Z | 2026-11-26T01:30:00Z
          */10 * * * * | 2026-11-27T08:15:00Z | 2026-11-27T08:00:00Z
          0 3 * * 0    | 2026-11-27T08:15:00Z | 2026-11-15T03:00:00Z
          0 3 1 * *    | 2026-11-27T08:15:00Z | 2026-10-01T03:00:00Z
          """)
  void whatWasDueBeforeTheLastTimeIsOverdue(String cron, Instant now, Instant due) {
    assertThat(expected(cron, Map.of("action", "backup"), LONG_AGO).orElseThrow().overdue(now))
        .contains(due);
  }

  @Test
  void whatAScheduleDidNotAskForYetIsNotMissed() {
    Instant now = Instant.parse("2026-11-27T08:00:00Z");
    Instant set = Instant.parse("2026-11-26T01:30:01Z");

    assertThat(expected("30 1 * * *", Map.of(), set).orElseThrow().overdue(now)).isEmpty();
    assertThat(expected("30 1 * * *", Map.of(), set.minusSeconds(1)).orElseThrow().overdue(now))
        .isPresent();
  }

  @Test
  void onlySchedulesOfBackupsAreWaitedFor() {
    assertThat(expected("0 1 * * *", Map.of("action", "drill"), LONG_AGO)).isEmpty();
    assertThat(expected("0 1 * * *", Map.of("scope", "trash"), LONG_AGO)).isEmpty();
    assertThat(expected("0 1 * * *", Map.of("action", "backup", "dryRun", true), LONG_AGO))
        .isEmpty();
    assertThat(expected("nonsense", Map.of(), LONG_AGO)).isEmpty();
    assertThat(Expected.of("x", Map.of("cron", "0 1 * * *"), LONG_AGO)).isEmpty();
    Expected family =
        expected(
                "0 1 * * *",
                Map.of("action", "backup", "family", "llama", "location", "berlin"),
                LONG_AGO)
            .orElseThrow();
    assertThat(family.scope()).isEqualTo("family llama");
    assertThat(family.location()).hasToString("Optional[berlin]");
  }

  private static Optional<Expected> expected(
      String cron, Map<String, Object> command, Instant since) {
    return Expected.of("nightly", Map.of("cron", cron, "command", command), since);
  }
}
