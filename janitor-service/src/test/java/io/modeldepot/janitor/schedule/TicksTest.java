package io.modeldepot.janitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.site.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final LocationName HERE = LocationName.of("default");

  @Test
  void whenABackupWasLastDueIsSaidOfTheSchedulesThatAskForOne() {
    List<SiteDescribed> site =
        List.of(
            schedule("backup", "30 1 * * *", Map.of("action", "backup")),
            schedule("second", "30 5 * * *", Map.of()),
            schedule("drill", "0 9 * * *", Map.of("action", "drill")),
            schedule("clean", "0 9 * * *", Map.of("scope", "versions")),
            schedule("plan", "0 9 * * *", Map.of("action", "backup", "dryRun", true)),
            schedule("elsewhere", "0 9 * * *", Map.of("location", "berlin")));

    Ticks.BackupsDue due = Ticks.ofBackups(site, HERE, Instant.parse("2026-11-24T10:00:00Z"));

    assertThat(due.at()).contains(Instant.parse("2026-11-24T05:30:00Z"));
    assertThat(due.schedule()).isEqualTo("schedule/backup 30 1 * * *, schedule/second 30 5 * * *");
    assertThat(Ticks.ofBackups(List.of(), HERE, Instant.EPOCH).at()).isEmpty();
  }

  private static SiteDescribed schedule(String name, String cron, Map<String, Object> command) {
    return new SiteDescribed("schedule/" + name, Map.of("cron", cron, "command", command), 1);
  }

  @Test
  void aTickHasOneIdAndGoesToItsTopic() {
    List<SiteDescribed> site =
        List.of(
            new SiteDescribed(
                "schedule/nightly",
                Map.of("cron", "0 3 * * *", "command", Map.of("scope", "versions")),
                1),
            new SiteDescribed(
                "schedule/backup", Map.of("cron", "0 3 * * *", "command", Map.of()), 1));

    List<Ticks.Due> due = Ticks.ofSchedules(site, HERE, Instant.parse("2026-11-24T03:05:00Z"));

    assertThat(due)
        .extracting(it -> it.topic().name() + " " + it.id())
        .containsExactlyInAnyOrder(
            Topics.CLEANUP_DUE.name() + " nightly-default-20261124T0300",
            Topics.BACKUP_DUE.name() + " backup-default-20261124T0300");
    assertThat(Ticks.ofSchedules(site, HERE, Instant.parse("2026-11-24T03:09:00Z"))).isEqualTo(due);
  }

  @Test
  void whatIsOverAnywayGoesEveryNightUnlessTheSiteSaysOtherwise() {
    Instant night = Instant.parse("2026-11-24T03:30:00Z");

    assertThat(Ticks.ofSchedules(List.of(), HERE, night))
        .extracting(it -> it.payload().get("scope"))
        .containsExactlyInAnyOrder("trash", "partials", "surplus");
    assertThat(
            Ticks.ofSchedules(
                List.of(
                    new SiteDescribed(
                        "schedule/trash",
                        Map.of("cron", "0 5 * * *", "command", Map.of("scope", "trash")),
                        1)),
                HERE,
                night))
        .extracting(it -> it.payload().get("scope"))
        .containsExactlyInAnyOrder("partials", "surplus");
  }

  @Test
  void aboveTheHighWatermarkSpaceIsMadeDownToTheLowOne() {
    Instant now = Instant.parse("2026-11-24T09:07:00Z");

    assertThat(Ticks.ofWatermarks(Retention.USUAL, HERE, 1000, 101, now)).isEmpty();
    Ticks.Due due = Ticks.ofWatermarks(Retention.USUAL, HERE, 1000, 99, now).orElseThrow();

    assertThat(due.payload()).containsEntry("scope", "all").containsEntry("targetFreeBytes", 200L);
    assertThat(due.id()).hasToString("watermark-default-20261124T0900");
  }
}
