package io.modeldepot.janitor.schedule;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.Cron;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.site.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which commands are due now. Pure. */
final class Ticks {
  /** A tick that was missed by more is not made up for. */
  static final Duration MISSED = Duration.ofHours(1);

  /** Above the high watermark it is tried again after so long. */
  private static final Duration BETWEEN_WATERMARKS = Duration.ofMinutes(15);

  private static final String PREFIX = "schedule/";
  private static final DateTimeFormatter TICK =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm").withZone(ZoneOffset.UTC);

  /** Nothing of this is a last copy, or its time is over: it goes where nobody says otherwise. */
  private static final Map<String, Map<String, Object>> USUAL =
      Map.of(
          "trash", Map.of("cron", "10 3 * * *", "command", Map.of("scope", "trash")),
          "partials", Map.of("cron", "20 3 * * *", "command", Map.of("scope", "partials")),
          "surplus", Map.of("cron", "30 3 * * *", "command", Map.of("scope", "surplus")));

  private Ticks() {}

  /**
   * A command that is due.
   *
   * @param topic where it goes
   * @param payload it
   * @param id of the command; the same tick has the same
   */
  record Due(TopicSpec topic, Map<String, Object> payload, RequestId id) {}

  /** Those of schedules. A schedule of the site replaces the usual one of its name. */
  static List<Due> ofSchedules(
      Collection<SiteDescribed> settings, LocationName location, Instant now) {
    Map<String, Map<String, Object>> schedules = new LinkedHashMap<>(USUAL);
    for (SiteDescribed setting : settings) {
      if (setting.key().startsWith(PREFIX)) {
        schedules.put(setting.key().substring(PREFIX.length()), setting.value());
      }
    }
    List<Due> due = new ArrayList<>();
    schedules.forEach((name, value) -> of(name, value, location, now).ifPresent(due::add));
    return due;
  }

  private static Optional<Due> of(
      String name, Map<String, Object> value, LocationName location, Instant now) {
    if (!(value.get("cron") instanceof String cron)
        || !(value.get("command") instanceof Map<?, ?> command)
        || !name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      return Optional.empty();
    }
    Optional<Instant> tick;
    try {
      tick = Cron.parse(cron).lastDue(now, MISSED);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return tick.map(at -> due(name, command, location, at));
  }

  private static Due due(String name, Map<?, ?> command, LocationName location, Instant tick) {
    Map<String, Object> payload = new LinkedHashMap<>();
    command.forEach((key, value) -> payload.put(String.valueOf(key), value));
    RequestId id = id(name, location, tick);
    payload.put("location", location.value());
    payload.put("requestId", id.value());
    boolean backup =
        !(payload.get("scope") instanceof String)
            || Set.of("backup", "check", "prune", "drill")
                .contains(String.valueOf(payload.get("action")));
    return new Due(backup ? Topics.BACKUP_DUE : Topics.CLEANUP_DUE, payload, id);
  }

  /**
   * When the site's schedules last asked for a backup of a location.
   *
   * @param schedule what they say, to tell one that is new from one that was seen before
   */
  record BackupsDue(String schedule, Optional<Instant> at) {}

  /** The last time before now, at most two months ago. */
  static BackupsDue ofBackups(
      Collection<SiteDescribed> settings, LocationName location, Instant now) {
    List<String> schedules = new ArrayList<>();
    Optional<Instant> last = Optional.empty();
    for (SiteDescribed setting : settings) {
      if (setting.key().startsWith(PREFIX)
          && setting.value().get("cron") instanceof String cron
          && setting.value().get("command") instanceof Map<?, ?> command
          && asksForBackup(command, location)) {
        schedules.add(setting.key() + " " + cron);
        Optional<Instant> at = lastOf(cron, now);
        if (last.isEmpty() || at.filter(last.get()::isBefore).isPresent()) {
          last = at;
        }
      }
    }
    schedules.sort(java.util.Comparator.naturalOrder());
    return new BackupsDue(String.join(", ", schedules), last);
  }

  private static boolean asksForBackup(Map<?, ?> command, LocationName location) {
    Object place = command.get("location");
    Object action = command.get("action");
    boolean backup =
        action == null ? !(command.get("scope") instanceof String) : action.equals("backup");
    return backup
        && !Boolean.TRUE.equals(command.get("dryRun"))
        && (place == null || place.equals(location.value()));
  }

  private static Optional<Instant> lastOf(String cron, Instant now) {
    try {
      return Cron.parse(cron).lastDue(now, Duration.ofDays(62));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * That of the watermarks: above the high one, to be free down to the low one.
   *
   * @param capacityBytes of the disk
   * @param freeBytes of it
   */
  static Optional<Due> ofWatermarks(
      Retention retention, LocationName location, long capacityBytes, long freeBytes, Instant now) {
    if (retention.watermarks().isEmpty() || capacityBytes <= 0) {
      return Optional.empty();
    }
    Retention.Watermarks marks = retention.watermarks().get();
    double used = (double) (capacityBytes - freeBytes) / capacityBytes;
    if (used < marks.high()) {
      return Optional.empty();
    }
    long quarter = BETWEEN_WATERMARKS.toSeconds();
    Instant tick = Instant.ofEpochSecond(now.getEpochSecond() / quarter * quarter);
    RequestId id = id(WATERMARK, location, tick);
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("scope", "all");
    payload.put("targetFreeBytes", Math.round(capacityBytes * (1 - marks.low())));
    payload.put("location", location.value());
    payload.put("requestId", id.value());
    return Optional.of(new Due(Topics.CLEANUP_DUE, payload, id));
  }

  /** What the id of a command of the watermarks begins with. */
  static final String WATERMARK = "watermark";

  private static RequestId id(String name, LocationName location, Instant tick) {
    String id = name + "-" + location + "-" + TICK.format(tick);
    return io.modeldepot.kit.intake.CommandId.fromForeign(id.replace('.', '-'));
  }
}
